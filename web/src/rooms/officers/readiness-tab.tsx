import { CheckCircleFilled, CloseCircleFilled, CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Flex, Radio, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useSpelledOut } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { useLanguage } from '../../shared/i18n/language';
import {
  APPLICATION_TYPE_WORDS,
  APPLICATION_TYPES,
  applicationTypeOf,
  type ApplicationType,
} from '../../shared/words/certificates';
import { texts } from './texts';

type Condition = View<'ConditionView'>;
type Way = View<'WayView'>;
type Readiness = View<'ReadinessView'>;

const ask = (id: string, type: ApplicationType): Promise<Readiness> =>
  body(
    api.GET('/api/v1/officers/{id}/readiness', {
      params: { path: { id }, query: { type, certificateType: 'ENFORCEMENT' } },
    }),
  );

/** The checklist of the type asked for; where none is, of the one that fits the cards held. */
async function checklist(id: string, chosen: ApplicationType | null): Promise<Readiness> {
  const given = await ask(id, chosen ?? 'FIRST');
  const fitting = applicationTypeOf(given.fittingType);
  return chosen !== null || fitting === null || fitting === 'FIRST' ? given : ask(id, fitting);
}

/** What is met by going somewhere on a day: where nothing is open, that is worth a word. */
const BY_EVENT = /^(TRAINING_|EXAM_|HOURS_SHORT$|RENEWAL_TEST)/;

/** 为什么还不能发证: each condition with its tick, evidence, article, and the nearest way to meet it. */
export function ReadinessTab({ officerId }: { officerId: string }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const language = useLanguage();
  const spelledOut = useSpelledOut();
  const { message } = App.useApp();
  const mayApply = useMay('application.submit');
  const [params, setParams] = useSearchParams();
  const chosen = applicationTypeOf(params.get('type'));
  const found = useQuery({
    queryKey: ['officers', officerId, 'readiness', chosen],
    queryFn: () => checklist(officerId, chosen),
  });
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active />;
  const { conditions, notRecorded, ready, name, type, fittingType, previousCertificate } = found.data;
  const typeName = (code: string): string => word(APPLICATION_TYPE_WORDS[code] ?? words(code, code));
  const open = conditions.filter(({ met }) => !met);
  const copy = (): void => {
    const lines = open.flatMap(({ title, howTo, ways }) => [
      `· ${title[language]}：${spelledOut(howTo?.[language] ?? '')}`,
      ...ways.map(({ sentence }) => `  - ${sentence[language]}`),
    ]);
    void navigator.clipboard.writeText(
      [`${name}（${typeName(type)}：${t.notReady(open.length)}）`, ...lines].join('\n'),
    );
    void message.success(t.copied);
  };
  return (
    <Flex vertical gap="middle">
      <p className="hint">{t.readyLead}</p>
      <Flex gap="small" wrap align="center">
        <Radio.Group
          aria-label={t.applyFor}
          optionType="button"
          value={type}
          options={APPLICATION_TYPES.map((value) => ({ value, label: typeName(value) }))}
          onChange={({ target }) => setParams({ tab: 'readiness', type: String(target.value) }, { replace: true })}
        />
        {fittingType !== type && <span className="hint">{t.fits(typeName(fittingType))}</span>}
        {previousCertificate !== null && (
          <span className="hint">
            {t.rests} <Link to={`/certificates/${previousCertificate.id}`}>{previousCertificate.certificateNo}</Link>{' '}
            {t.restsUntil(previousCertificate.validTo)}
          </span>
        )}
      </Flex>
      <Alert
        type={ready ? 'success' : 'warning'}
        showIcon
        title={ready ? t.ready : t.notReady(open.length)}
        action={
          ready ? (
            mayApply && (
              <Link to={`/applications/new?officerId=${officerId}&type=${type}`}>
                <Button type="primary">{type === 'FIRST' ? t.apply : t.applyAgain(typeName(type))}</Button>
              </Link>
            )
          ) : (
            <Button icon={<CopyOutlined />} onClick={copy}>
              {t.copy}
            </Button>
          )
        }
      />
      <Conditions of={[...open, ...conditions.filter(({ met }) => met)]} />
      {notRecorded.length > 0 && (
        <>
          <h2 className="section">{t.notRecorded}</h2>
          <Conditions of={notRecorded} paper />
        </>
      )}
    </Flex>
  );
}

function Conditions({ of, paper = false }: { of: readonly Condition[]; paper?: boolean }): ReactNode {
  const t = useTexts(texts);
  const language = useLanguage();
  const spelledOut = useSpelledOut();
  return (
    <ul className="conditions">
      {of.map(({ code, facts, title, met, evidence, basis, howTo, ways }) => (
        <li key={`${code} ${JSON.stringify(facts)}`} data-code={code} data-met={met}>
          {!paper && (
            <span className={met ? 'tick' : 'cross'}>
              {met ? <CheckCircleFilled aria-label={t.met} /> : <CloseCircleFilled aria-label={t.unmet} />}
            </span>
          )}
          <div className="grow">
            <Flex gap="small" wrap align="center">
              <strong>{title[language]}</strong>
              <span className="hint">{spelledOut(evidence[language])}</span>
              <Tag className="basis">{basis}</Tag>
            </Flex>
            {!met && howTo !== null && (
              <div>
                <span className="hint">{t.howTo}：</span>
                {spelledOut(howTo[language])}
              </div>
            )}
            {ways.length > 0 && <Ways of={ways} />}
            {!met && !paper && ways.length === 0 && BY_EVENT.test(code) && <div className="hint">{t.noWay}</div>}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The nearest classes or exams; who may not open them learns who holds them. */
function Ways({ of }: { of: readonly Way[] }): ReactNode {
  const t = useTexts(texts);
  const language = useLanguage();
  return (
    <ul className="ways">
      {of.map(({ kind, id, title, sentence, heldBy, mayOpen }) => (
        <li key={id} data-way={kind}>
          {sentence[language]}{' '}
          {mayOpen ? (
            <Link
              to={kind === 'EXAM' ? `/exams/${id}` : `/training/classes/${id}`}
              aria-label={`${kind === 'EXAM' ? t.openExam : t.openClass} ${title}`}
            >
              {kind === 'EXAM' ? t.openExam : t.openClass}
            </Link>
          ) : (
            <span className="hint">{t.heldBy(heldBy)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
