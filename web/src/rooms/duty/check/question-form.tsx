import { Button, DatePicker, Flex, Input } from 'antd';
import dayjs from 'dayjs';
import { useId, type ReactNode } from 'react';
import { MatterSelect } from '../../../shared/components/matter-select';
import { SubjectSelect } from '../../../shared/components/remote-select';
import { useTexts } from '../../../shared/i18n/dictionary';
import { texts } from '../texts';
import { isDivision, SPANS, type Question } from './question';

/** Body, matter, place and time of a check. */
export function QuestionForm({
  question,
  onChange,
}: {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}): ReactNode {
  const t = useTexts(texts);
  const id = useId();
  const divisionBad = question.division !== '' && !isDivision(question.division);
  const spanBad = question.from !== '' && question.to !== '' && question.from >= question.to;
  return (
    <>
      <div className="ask-field">
        <label htmlFor={`${id}-body`}>{t.body}</label>
        <SubjectSelect id={`${id}-body`} value={question.subjectId} onChange={(subjectId) => onChange({ subjectId })} />
      </div>
      <div className="ask-field">
        <label htmlFor={`${id}-matter`}>{t.matter}</label>
        <MatterSelect
          id={`${id}-matter`}
          value={question.matterCode}
          placeholder={t.matterHint}
          onChange={(matterCode) => onChange({ matterCode })}
        />
      </div>
      <div className="ask-field">
        <label htmlFor={`${id}-division`}>{t.division}</label>
        <Input
          id={`${id}-division`}
          value={question.division}
          inputMode="numeric"
          maxLength={12}
          status={divisionBad ? 'error' : ''}
          aria-describedby={`${id}-division-hint`}
          onChange={(event) => onChange({ division: event.target.value.trim() })}
        />
        <span id={`${id}-division-hint`} className={divisionBad ? 'error' : 'hint'}>
          {divisionBad ? t.divisionBad : t.divisionHint}
        </span>
      </div>
      <div className="ask-span">
        {(['from', 'to'] as const).map((end) => (
          <div className="ask-field" key={end}>
            <label htmlFor={`${id}-${end}`}>{t[end]}</label>
            <DatePicker
              id={`${id}-${end}`}
              // Time of day in China, whatever the clock of this machine; so there is no «now» of the browser either.
              showTime={{ format: 'HH:mm', minuteStep: 5 }}
              format="YYYY-MM-DD HH:mm"
              showNow={false}
              needConfirm={false}
              allowClear={false}
              value={question[end] === '' ? null : dayjs(question[end])}
              status={spanBad ? 'error' : ''}
              onChange={(time) => onChange({ [end]: time ? time.format('YYYY-MM-DDTHH:mm') : '' })}
            />
          </div>
        ))}
      </div>
      {spanBad && (
        <span className="hint" role="alert">
          {t.spanBad}
        </span>
      )}
      <Flex gap="small" wrap role="group" aria-label={t.presets}>
        {(['nowHours', 'todayDay', 'tomorrowDay'] as const).map((preset) => (
          <Button
            key={preset}
            size="small"
            onClick={() => {
              const [from, to] = SPANS[preset]();
              onChange({ from, to });
            }}
          >
            {t[preset]}
          </Button>
        ))}
      </Flex>
    </>
  );
}
