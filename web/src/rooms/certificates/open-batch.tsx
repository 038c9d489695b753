import { DatePicker, Flex } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { useTexts } from '../../shared/i18n/dictionary';
import { today } from '../../shared/lib/dates';
import { texts } from './texts';

/** Issues approved applications as one batch; its page shows how far it is. */
export function OpenBatch({
  applications,
  onDone,
  onClose,
}: {
  applications: readonly View<'ApplicationView'>[];
  onDone: () => void;
  onClose: () => void;
}): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [from, setFrom] = useState<Dayjs>(dayjs(today()));
  const [to, setTo] = useState<Dayjs | null>(null);
  const issue = useCommand({
    run: (dates: { validFrom: string; validTo?: string }, key) =>
      body(
        api.POST('/api/v1/certificate-batches', {
          headers: idempotent(key),
          body: { applicationIds: applications.map(({ id }) => id), ...dates },
        }),
      ),
    refresh: [['certificates']],
    done: ({ id }) => {
      onDone();
      void navigate(`/certificate-batches/${id}`);
    },
  });
  const day = (date: Dayjs): string => date.format('YYYY-MM-DD');
  return (
    <ConfirmDanger
      open
      title={t.makeBatchTitle}
      confirm={t.makeBatch(applications.length)}
      consequence={t.makeBatchFollows}
      typed={applications.length}
      busy={issue.busy}
      error={issue.problem}
      answers={[
        { label: t.applications, value: applications.length },
        {
          label: t.people,
          value: `${applications
            .slice(0, 12)
            .map(({ officerName }) => officerName)
            .join('、')}${applications.length > 12 ? ' …' : ''}`,
        },
      ]}
      onConfirm={() => issue.run({ validFrom: day(from), ...(to === null ? {} : { validTo: day(to) }) })}
      onCancel={onClose}
    >
      <Flex gap="middle" wrap>
        <label className="typed">
          <span>{t.validFrom}</span>
          <DatePicker value={from} allowClear={false} onChange={(date) => setFrom(date ?? from)} />
        </label>
        <label className="typed">
          <span>{t.validTo}</span>
          <DatePicker value={to} placeholder={t.validToUsual} onChange={setTo} />
        </label>
      </Flex>
    </ConfirmDanger>
  );
}
