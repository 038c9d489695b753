import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Flex, Tabs, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { DateText } from '../../shared/components/date-text';
import { MaskedId } from '../../shared/components/masked-id';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { Status, StatusOf } from '../../shared/components/status';
import { PersonalData } from '../../shared/components/watermark';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { GENDER_WORDS, OFFICER_STATE_WORDS, STAFF_CATEGORY_WORDS } from '../../shared/words/people';
import { BarsTab } from './bars-tab';
import { CertificatesTab } from './certificates-tab';
import { EditOfficer } from './edit-officer';
import { ExamsTab } from './exams-tab';
import { OfficerVerbs } from './officer-verbs';
import { Portrait } from './portrait';
import { ReadinessTab } from './readiness-tab';
import './officers.css';
import { texts } from './texts';
import { TimelineTab } from './timeline-tab';
import { TrainingTab } from './training-tab';

type Officer = View<'OfficerView'>;

/** P5: one person. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const [params, setParams] = useSearchParams();
  const found = useQuery({
    queryKey: ['officers', id],
    queryFn: () => body(api.GET('/api/v1/officers/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const officer = found.data;
  const tab = params.get('tab') ?? 'overview';
  return (
    <PersonalData>
      <Head officer={officer} />
      <Card>
        <Tabs
          activeKey={tab}
          destroyOnHidden
          onChange={(key) => setParams(key === 'overview' ? {} : { tab: key }, { replace: true })}
          items={[
            { key: 'overview', label: t.tabs.overview, children: <Overview officer={officer} /> },
            { key: 'readiness', label: t.tabs.readiness, children: <ReadinessTab officerId={id} /> },
            { key: 'training', label: t.tabs.training, children: <TrainingTab officerId={id} /> },
            { key: 'exams', label: t.tabs.exams, children: <ExamsTab officerId={id} /> },
            { key: 'certificates', label: t.tabs.certificates, children: <CertificatesTab officerId={id} /> },
            { key: 'bars', label: t.tabs.bars, children: <BarsTab officerId={id} /> },
            { key: 'timeline', label: t.tabs.timeline, children: <TimelineTab officer={officer} /> },
          ]}
        />
      </Card>
    </PersonalData>
  );
}

function Head({ officer }: { officer: Officer }): ReactNode {
  const t = useTexts(texts);
  const mayWrite = useMay('officer.write');
  const [editing, setEditing] = useState(false);
  return (
    <>
      <PageHeader
        title={officer.name}
        status={<StatusOf value={officer.state} of={OFFICER_STATE_WORDS} />}
        extra={
          mayWrite && (
            <>
              {officer.departure === null && <Button onClick={() => setEditing(true)}>{t.edit}</Button>}
              <OfficerVerbs officer={officer} />
            </>
          )
        }
      />
      <Card className="officer-head">
        <Flex gap="large" wrap align="flex-start">
          <Portrait of={officer} />
          <Flex vertical gap="small" className="grow">
            <Verdict officer={officer} />
            <Flex gap="middle" wrap>
              <span>{officer.subject.name}</span>
              <span>{officer.postTitle}</span>
              <MaskedId masked={officer.idNumber} officerId={officer.id} />
            </Flex>
          </Flex>
        </Flex>
      </Card>
      {editing && <EditOfficer officer={officer} onClose={() => setEditing(false)} />}
    </>
  );
}

/** Usable until when, or the first reason why not; the whole decision for an act is made by the team check. */
function Verdict({ officer }: { officer: Officer }): ReactNode {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['certificates', 'of', officer.id],
    queryFn: () => body(api.GET('/api/v1/certificates', { params: { query: { officerId: officer.id, limit: 50 } } })),
  });
  const valid = (found.data?.items ?? []).find(({ state }) => state === 'VALID');
  const kind = officer.state === 'ON_DUTY' && valid ? 'ok' : 'stop';
  const sentence =
    officer.state === 'LEFT'
      ? t.verdict.left
      : officer.state === 'OFF_POST'
        ? t.verdict.off
        : valid
          ? t.verdict.usable(valid.validTo)
          : t.verdict.none;
  if (found.isPending) return null;
  return (
    <div className="officer-verdict">
      <Status kind={kind}>{sentence}</Status>
    </div>
  );
}

function Overview({ officer }: { officer: Officer }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const none = <span className="none">–</span>;
  const item = (label: string, children: ReactNode) => ({ key: label, label, children });
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, sm: 1, md: 2 }}
      items={[
        item(t.name, officer.name),
        item(t.gender, word(GENDER_WORDS[officer.gender] ?? words('', ''))),
        item(t.unit, officer.subject.name),
        item(t.post, officer.postTitle),
        item(t.category, word(STAFF_CATEGORY_WORDS[officer.staffCategory] ?? words('', ''))),
        item(t.established, officer.onEstablishment ? t.yes : t.no),
        item(
          t.domains,
          officer.domains.length === 0
            ? none
            : officer.domains.map((code) => <Tag key={code}>{domains.nameOf(code)}</Tag>),
        ),
        item(t.education, officer.education ?? none),
        item(t.phone, officer.phone === null ? none : <span className="code">{officer.phone}</span>),
        item(t.legalQualification, officer.legalQualificationNo ?? none),
        item(t.created, <DateText value={officer.createdAt} />),
      ]}
    />
  );
}
