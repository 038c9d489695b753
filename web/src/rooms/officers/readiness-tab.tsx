import { CheckCircleFilled, CloseCircleFilled, CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Flex, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useSpelledOut } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import { useLanguage } from '../../shared/i18n/language';
import { texts } from './texts';

type Condition = View<'ConditionView'>;

/** 为什么还不能发证: each condition with its tick, evidence, article, and the way to meet it. */
export function ReadinessTab({ officerId }: { officerId: string }): ReactNode {
  const t = useTexts(texts);
  const language = useLanguage();
  const spelledOut = useSpelledOut();
  const { message } = App.useApp();
  const mayApply = useMay('application.submit');
  const found = useQuery({
    queryKey: ['officers', officerId, 'readiness'],
    queryFn: () =>
      body(
        api.GET('/api/v1/officers/{id}/readiness', {
          params: { path: { id: officerId }, query: { type: 'FIRST', certificateType: 'ENFORCEMENT' } },
        }),
      ),
  });
  if (found.error !== null) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active />;
  const { conditions, notRecorded, ready, name } = found.data;
  const open = conditions.filter(({ met }) => !met);
  const copy = (): void => {
    const lines = open.map(({ title, howTo }) => `· ${title[language]}：${spelledOut(howTo?.[language] ?? '')}`);
    void navigator.clipboard.writeText([`${name}（${t.notReady(open.length)}）`, ...lines].join('\n'));
    void message.success(t.copied);
  };
  return (
    <Flex vertical gap="middle">
      <p className="hint">{t.readyLead}</p>
      <Alert
        type={ready ? 'success' : 'warning'}
        showIcon
        title={ready ? t.ready : t.notReady(open.length)}
        action={
          ready ? (
            mayApply && (
              <Link to={`/applications/new?officerId=${officerId}`}>
                <Button type="primary">{t.apply}</Button>
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
      {of.map(({ code, title, met, evidence, basis, howTo }) => (
        <li key={code} data-code={code} data-met={met}>
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
          </div>
        </li>
      ))}
    </ul>
  );
}
