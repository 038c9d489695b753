import { useQuery } from '@tanstack/react-query';
import { App, Button, Descriptions, Flex, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { api, body, type View } from '../../../shared/api/client';
import { useCommand } from '../../../shared/api/command';
import { useMay } from '../../../shared/api/session';
import { DateText } from '../../../shared/components/date-text';
import { PageHeader } from '../../../shared/components/page-header';
import { PageSkeleton } from '../../../shared/components/page-skeleton';
import { ProblemAlert } from '../../../shared/components/problem-alert';
import { Status } from '../../../shared/components/status';
import { Timeline } from '../../../shared/components/timeline';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { ChangeSetting } from './change-setting';
import { settingName } from './setting-names';
import { SettingValue } from './setting-value';
import './settings.css';
import { texts } from './texts';

export type SettingDetail = View<'SettingDetailView'>;

/** One setting: what holds, what comes, what waits for approval, what was. */
export function Component(): ReactNode {
  const { key = '' } = useParams();
  const t = useTexts(texts);
  const word = useWord();
  const mayWrite = useMay('setting.write');
  const [changing, setChanging] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', key],
    queryFn: () => body(api.GET('/api/v1/settings/{key}', { params: { path: { key } } })),
  });
  const title = word(settingName(key));
  if (!data) return error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={title}
        status={data.needsApproval ? <Status kind="pending">{t.needsApproval}</Status> : null}
        extra={
          mayWrite && (
            <Button type="primary" onClick={() => setChanging(true)}>
              {t.change}
            </Button>
          )
        }
      />
      <Flex vertical gap="middle">
        <section className="panel">
          <h2>{t.current}</h2>
          <div className="setting-now">
            <SettingValue value={data.value} />
          </div>
          <Descriptions
            size="small"
            column={{ xs: 1, md: 4 }}
            items={[
              {
                key: 'from',
                label: t.since,
                children: data.effectiveFrom <= '1900-01-01' ? t.always : <DateText value={data.effectiveFrom} />,
              },
              { key: 'to', label: t.until, children: <DateText value={data.effectiveTo} /> },
              { key: 'basis', label: t.basis, children: data.basis },
              { key: 'key', label: t.key, children: <code>{key}</code> },
            ]}
          />
        </section>
        {data.proposals.length > 0 && (
          <section className="panel">
            <h2>{t.proposals}</h2>
            {data.proposals.map((proposal) => (
              <Proposal key={proposal.id} setting={data} proposal={proposal} />
            ))}
          </section>
        )}
        <section className="panel">
          <h2>{t.history}</h2>
          {data.upcoming.length + data.history.length === 0 && <p className="hint">{t.noHistory}</p>}
          <Timeline
            entries={[...data.upcoming, ...data.history.toReversed()].map((value) => ({
              key: value.id,
              at: value.effectiveFrom,
              kind: value.state === 'IN_FORCE' ? (data.upcoming.includes(value) ? 'soon' : 'over') : 'stop',
              title: <SettingValue value={value.value} />,
              by: `${t.states[value.state] ?? value.state} · ${value.reason}`,
            }))}
          />
        </section>
      </Flex>
      {changing && <ChangeSetting setting={data} title={title} onClose={() => setChanging(false)} />}
    </>
  );
}

/** A change that waits: old and new side by side, and the decision of the approver. */
function Proposal({
  setting,
  proposal,
}: {
  setting: SettingDetail;
  proposal: SettingDetail['proposals'][number];
}): ReactNode {
  const t = useTexts(texts);
  const mayApprove = useMay('setting.approve');
  const { message } = App.useApp();
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const params = { params: { path: { key: setting.key } } };
  const refresh = [['settings'], ['workbench'], ['todos']];
  const approve = useCommand({
    run: () => body(api.POST('/api/v1/settings/{key}/approve', { ...params, body: {} })),
    refresh,
    done: () => void message.success(t.approved),
  });
  const refuse = useCommand({
    run: (why: string) => body(api.POST('/api/v1/settings/{key}/refuse', { ...params, body: { reason: why } })),
    refresh,
    done: () => {
      setRefusing(false);
      void message.success(t.refused);
    },
  });
  return (
    <>
      <ProblemAlert error={approve.problem} />
      <div className="setting-change">
        <div>
          <span className="hint">{t.current}</span>
          <SettingValue value={setting.value} />
        </div>
        <span aria-hidden="true" className="arrow">
          →
        </span>
        <div>
          <span className="hint">{t.newValue}</span>
          <SettingValue value={proposal.value} />
        </div>
      </div>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'from', label: t.effectiveFrom, children: <DateText value={proposal.effectiveFrom} /> },
          { key: 'reason', label: t.reason, children: proposal.reason },
          { key: 'effect', label: t.effect, children: t.effectText },
        ]}
      />
      {mayApprove && (
        <Flex gap="small">
          <Button type="primary" loading={approve.busy} onClick={() => approve.run(undefined)}>
            {t.approve}
          </Button>
          <Button onClick={() => setRefusing(true)}>{t.refuse}</Button>
        </Flex>
      )}
      <Modal
        open={refusing}
        title={t.refuse}
        okText={t.refuse}
        okButtonProps={{ danger: true, disabled: reason.trim() === '', loading: refuse.busy }}
        onOk={() => refuse.run(reason.trim())}
        onCancel={() => setRefusing(false)}
      >
        <ProblemAlert error={refuse.problem} />
        <label className="typed">
          <span>{t.refuseReason}</span>
          <Input.TextArea rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      </Modal>
    </>
  );
}
