import { PlusOutlined } from '@ant-design/icons';
import { App, Button, DatePicker, Flex } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useMay, useMe } from '../../shared/api/session';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { PageHeader } from '../../shared/components/page-header';
import { Status, StatusOf } from '../../shared/components/status';
import { useTexts } from '../../shared/i18n/dictionary';
import { today } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import { texts, YEAR_STATE_WORDS } from './texts';

type Year = View<'ReviewCampaignView'>;
const CLOCKS = { GREEN: 'ok', AMBER: 'soon', RED: 'stop' } as const;

/** The years that were reviewed, and are. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const mayOpen = useMay('review.open');
  const [opening, setOpening] = useState(false);
  const done = ({ counts }: Year): string => t.progressOf(counts.passed + counts.failed, counts.total - counts.listed);
  return (
    <>
      <PageHeader
        extra={
          mayOpen && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpening(true)}>
              {t.open}
            </Button>
          )
        }
      >
        {t.lead}
      </PageHeader>
      <DataTable<Year>
        id="reviews"
        name={t.years}
        queryKey={['reviews', 'years']}
        load={async ({ limit, cursor }, signal) =>
          body(
            api.GET('/api/v1/review-campaigns', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }) } },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ reviewedYear, subjectName }) => `${reviewedYear} ${subjectName}`}
        openPath={({ id }) => `/reviews/${id}`}
        columns={[
          {
            key: 'year',
            title: t.year,
            render: ({ reviewedYear }) => t.yearTitle(reviewedYear),
            text: ({ reviewedYear }) => reviewedYear,
            card: 'title',
          },
          { key: 'body', title: t.body, render: (row) => row.subjectName, text: (row) => row.subjectName },
          {
            key: 'period',
            title: t.period,
            render: (row) => t.span(row.periodFrom, row.periodTo),
            text: (row) => t.span(row.periodFrom, row.periodTo),
          },
          {
            key: 'state',
            title: t.state,
            render: ({ state }) => <StatusOf value={state} of={YEAR_STATE_WORDS} />,
            text: ({ state }) => state,
            card: 'badge',
          },
          {
            key: 'clock',
            title: t.clock,
            render: ({ clock, periodTo }) =>
              clock === null ? (
                <span className="none">–</span>
              ) : (
                <Status kind={CLOCKS[clock]}>{t.dueOn(periodTo)}</Status>
              ),
            text: ({ periodTo }) => periodTo,
          },
          { key: 'progress', title: t.progress, render: done, text: done },
        ]}
        empty={{ title: t.none }}
      />
      {opening && <OpenYear onClose={() => setOpening(false)} />}
    </>
  );
}

/** Opens the review of last year for the own body and all below it. */
function OpenYear({ onClose }: { onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const me = useMe();
  const year = Number(today().slice(0, 4)) - 1;
  const [from, setFrom] = useState<Dayjs | null>(null);
  const [to, setTo] = useState<Dayjs | null>(null);
  const open = useCommand({
    run: (_: undefined, key) =>
      body(
        api.POST('/api/v1/review-campaigns', {
          headers: idempotent(key),
          body: {
            reviewedYear: year,
            ...(from === null ? {} : { periodFrom: from.format('YYYY-MM-DD') }),
            ...(to === null ? {} : { periodTo: to.format('YYYY-MM-DD') }),
          },
        }),
      ),
    refresh: [['reviews']],
    done: ({ id }) => {
      void message.success(t.openDone);
      void navigate(`/reviews/${id}`);
    },
  });
  return (
    <ConfirmDanger
      open
      title={t.openTitle}
      confirm={t.open}
      consequence={t.openFollows}
      answers={[
        { label: t.year, value: year },
        { label: t.body, value: me.homeSubject.name },
      ]}
      busy={open.busy}
      error={open.problem}
      onConfirm={() => open.run(undefined)}
      onCancel={onClose}
    >
      <Flex gap="middle" wrap>
        <label className="typed">
          <span>{t.periodFrom}</span>
          <DatePicker value={from} placeholder={t.usual} onChange={setFrom} />
        </label>
        <label className="typed">
          <span>{t.periodTo}</span>
          <DatePicker value={to} placeholder={t.usual} onChange={setTo} />
        </label>
      </Flex>
    </ConfirmDanger>
  );
}
