import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { Status, StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import type { Column } from '../../shared/table/types';
import { usePaperName } from './paper-name';
import { OUTCOME_WORDS, texts } from './texts';

type Exam = View<'ExamDetailView'>;
type Registration = View<'RegistrationView'>;
type Result = View<'ResultView'>;

function useCandidateColumns<Row extends Registration | Result>(): readonly Column<Row>[] {
  const t = useTexts(texts);
  return [
    {
      key: 'admissionNo',
      title: t.admissionNo,
      render: ({ admissionNo }) => <span className="code">{admissionNo}</span>,
      text: ({ admissionNo }) => admissionNo,
    },
    {
      key: 'name',
      title: t.name,
      render: ({ officerId, name }) => <Link to={`/officers/${officerId}?tab=exams`}>{name}</Link>,
      text: ({ name }) => name,
      card: 'title',
    },
    { key: 'unit', title: t.unit, render: ({ unit }) => unit.name, text: ({ unit }) => unit.name },
    {
      key: 'idNumber',
      title: t.idNumber,
      render: ({ idNumber }) => <span className="code">{idNumber}</span>,
      text: ({ idNumber }) => idNumber,
    },
  ];
}

/** Who is registered, with the papers each sits. */
export function Candidates({ exam }: { exam: Exam }): ReactNode {
  const t = useTexts(texts);
  const paperName = usePaperName();
  const columns = useCandidateColumns<Registration>();
  return (
    <DataTable<Registration>
      id="candidates"
      name={`${exam.title} ${t.tabs.candidates}`}
      personal
      queryKey={['exams', exam.id, 'registrations']}
      load={async ({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/exams/{id}/registrations', {
            params: {
              path: { id: exam.id },
              query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters },
            },
            signal,
          }),
        )
      }
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      filters={[{ key: 'admissionNo', label: t.admissionNo, kind: 'text' }]}
      columns={[
        ...columns,
        {
          key: 'papers',
          title: t.papers,
          render: ({ papers }) => papers.map(paperName).join('、'),
          text: ({ papers }) => papers.map(paperName).join('、'),
        },
      ]}
      empty={{ title: t.noCandidates }}
    />
  );
}

/** What is recorded, one line per candidate and paper. */
export function Results({ exam }: { exam: Exam }): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const paperName = usePaperName();
  const columns = useCandidateColumns<Result>();
  return (
    <DataTable<Result>
      id="results"
      name={`${exam.title} ${t.tabs.results}`}
      personal
      queryKey={['exams', exam.id, 'results']}
      load={async ({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/exams/{id}/results', {
            params: {
              path: { id: exam.id },
              query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters },
            },
            signal,
          }),
        )
      }
      rowKey={({ officerId, paper }) => `${officerId} ${paper.id}`}
      rowName={({ name }) => name}
      filters={[
        { key: 'admissionNo', label: t.admissionNo, kind: 'text' },
        {
          key: 'outcome',
          label: t.outcome,
          kind: 'select',
          options: Object.entries(OUTCOME_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
        },
        {
          key: 'passed',
          label: t.isPassed,
          kind: 'select',
          options: [
            { value: 'true', label: t.yes },
            { value: 'false', label: t.no },
          ],
        },
      ]}
      columns={[
        ...columns,
        {
          key: 'subject',
          title: t.subject,
          render: ({ paper }) => paperName(paper),
          text: ({ paper }) => paperName(paper),
        },
        {
          key: 'score',
          title: t.score,
          align: 'right',
          render: ({ score }) => score ?? <span className="none">–</span>,
          text: ({ score }) => score,
        },
        {
          key: 'outcome',
          title: t.outcome,
          render: ({ outcome, passed }) =>
            outcome === 'SCORED' ? (
              <Status kind={passed ? 'ok' : 'limited'}>{passed ? t.yes : t.no}</Status>
            ) : (
              <StatusOf value={outcome} of={OUTCOME_WORDS} />
            ),
          text: ({ outcome, passed }) => (outcome === 'SCORED' ? (passed ? t.yes : t.no) : outcome),
          card: 'badge',
        },
        {
          key: 'recordedAt',
          title: t.recordedAt,
          optional: true,
          render: ({ recordedAt }) => <DateText value={recordedAt} />,
          text: ({ recordedAt }) => dateTimeText(recordedAt),
        },
      ]}
      empty={{ title: t.noResults }}
    />
  );
}
