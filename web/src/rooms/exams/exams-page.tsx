import { PlusOutlined } from '@ant-design/icons';
import { Button, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { api, body, type View } from '../../shared/api/client';
import { useMay } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { NewExam } from './new-exam';
import { usePaperName } from './paper-name';
import { EXAM_STATE_WORDS, texts } from './texts';

type Exam = View<'ExamView'>;

/** P9: exams and how far each is. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const paperName = usePaperName();
  const mayWrite = useMay('exam.write');
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        extra={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t.create}
            </Button>
          )
        }
      />
      <DataTable<Exam>
        id="exams"
        name={t.list}
        queryKey={['exams']}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/exams', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        openPath={({ id }) => `/exams/${id}`}
        filters={[
          {
            key: 'status',
            label: t.status,
            kind: 'select',
            options: Object.entries(EXAM_STATE_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
          },
          { key: 'heldFrom', label: t.heldFrom, kind: 'date' },
          { key: 'heldTo', label: t.heldTo, kind: 'date' },
        ]}
        columns={[
          { key: 'title', title: t.title, render: ({ title }) => title, text: ({ title }) => title, card: 'title' },
          {
            key: 'status',
            title: t.status,
            render: ({ status, resitOf }) => (
              <>
                <StatusOf value={status} of={EXAM_STATE_WORDS} /> {resitOf !== null && <Tag>{t.resitOf}</Tag>}
              </>
            ),
            text: ({ status }) => status,
            card: 'badge',
          },
          { key: 'heldOn', title: t.heldOn, render: ({ heldOn }) => heldOn, text: ({ heldOn }) => heldOn },
          {
            key: 'papers',
            title: t.papers,
            render: ({ papers }) => papers.map(paperName).join('、'),
            text: ({ papers }) => papers.map(paperName).join('、'),
          },
          {
            key: 'owner',
            title: t.owner,
            render: ({ ownerSubject }) => ownerSubject.name,
            text: ({ ownerSubject }) => ownerSubject.name,
          },
        ]}
        empty={{ title: t.empty }}
      />
      {adding && <NewExam onClose={() => setAdding(false)} />}
    </>
  );
}
