import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, InputNumber, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useDictionary } from '../../shared/api/dictionaries';
import { useMay } from '../../shared/api/session';
import { PageHeader } from '../../shared/components/page-header';
import { PageProblem } from '../../shared/components/page-problem';
import { PageSkeleton } from '../../shared/components/page-skeleton';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord, words } from '../../shared/i18n/dictionary';
import { LAW_SUBJECT_WORDS, TRAINING_TYPE_WORDS } from '../../shared/words/people';
import { ClassesTable } from './classes-table';
import { texts } from './texts';

/** A plan and its classes. */
export function Component(): ReactNode {
  const { id = '' } = useParams();
  const t = useTexts(texts);
  const word = useWord();
  const domains = useDictionary('domains');
  const mayWrite = useMay('training.write');
  const [adding, setAdding] = useState(false);
  const found = useQuery({
    queryKey: ['training', 'plans', id],
    queryFn: () => body(api.GET('/api/v1/training-plans/{id}', { params: { path: { id } } })),
  });
  if (found.error !== null) return <PageProblem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const { title, year, type, subject, domain, hours, audience } = found.data;
  const facts = [
    String(year),
    word(TRAINING_TYPE_WORDS[type] ?? words('', '')),
    word(LAW_SUBJECT_WORDS[subject] ?? words('', '')),
    domain === null ? '' : domains.nameOf(domain),
    `${hours} ${t.hours}`,
    audience ?? '',
  ];
  return (
    <>
      <PageHeader title={title}>{facts.filter((fact) => fact !== '').join(' · ')}</PageHeader>
      <ClassesTable
        planId={id}
        toolbar={
          mayWrite && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t.newClass}
            </Button>
          )
        }
      />
      {adding && <NewClass plan={found.data} onClose={() => setAdding(false)} />}
    </>
  );
}

interface Values {
  readonly title: string;
  readonly dates: [Dayjs, Dayjs];
  readonly place: string;
  readonly capacity?: number | null;
  readonly hours: number;
}

function NewClass({ plan, onClose }: { plan: View<'TrainingPlanView'>; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const create = useCommand({
    run: ({ title, dates, place, capacity, hours }: Values, key) =>
      body(
        api.POST('/api/v1/training-plans/{id}/classes', {
          params: { path: { id: plan.id } },
          headers: idempotent(key),
          body: {
            title,
            startsOn: dates[0].format('YYYY-MM-DD'),
            endsOn: dates[1].format('YYYY-MM-DD'),
            place,
            hours,
            ...(capacity ? { capacity } : {}),
          },
        }),
      ),
    refresh: [['training']],
    done: ({ id }) => void navigate(`/training/classes/${id}`),
  });
  const required = [{ required: true, message: t.required }];
  return (
    <Modal
      open
      title={t.newClass}
      okText={t.save}
      okButtonProps={{ loading: create.busy }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <ProblemAlert error={create.problem} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ title: plan.title, hours: plan.hours }}
        onFinish={create.run}
      >
        <Form.Item name="title" label={t.title} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="dates" label={t.period} rules={required}>
          <DatePicker.RangePicker />
        </Form.Item>
        <Form.Item name="place" label={t.place} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="hours" label={t.hours} rules={required}>
          <InputNumber min={0.1} max={999} />
        </Form.Item>
        <Form.Item name="capacity" label={t.capacity}>
          <InputNumber min={1} max={100_000} placeholder={t.unlimited} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
