import { useQuery } from '@tanstack/react-query';
import { Badge, Segmented, Select, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { api, body } from '../../shared/api/client';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { Status } from '../../shared/components/status';
import { usePhone } from '../../shared/hooks/use-phone';
import { dictionary, useTexts, useWord } from '../../shared/i18n/dictionary';
import { dateTimeText, daysUntil } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import type { Column } from '../../shared/table/types';
import { Inbox } from './inbox';
import { TodoState, useTodoTitle } from './todo-title';
import { KIND_WORDS, pathOf, type Todo } from './todo-words';

const texts = dictionary(
  {
    title: '待办中心',
    boxes: { PENDING: '待办', DONE: '已办', STARTED: '我发起的', CC: '抄送我的' },
    all: '全部',
    kind: '事项',
    what: '对象',
    unit: '单位',
    by: '发起人',
    since: '等待自',
    at: '时间',
    waited: (days: number) => (days <= 0 ? '今天' : `已等 ${days} 天`),
    due: '期限',
    overdue: (days: number) => `超期 ${days} 天`,
    dueIn: (days: number) => (days === 0 ? '今天到期' : `还有 ${days} 天`),
    state: '状态',
    emptyPending: '没有待办事项',
    emptyDone: '还没有办结的事项',
    emptyStarted: '您还没有发起过事项',
  },
  {
    title: 'To-do centre',
    boxes: { PENDING: 'To do', DONE: 'Done', STARTED: 'Started by me', CC: 'Notices' },
    all: 'All',
    kind: 'Task',
    what: 'About',
    unit: 'Unit',
    by: 'From',
    since: 'Waits since',
    at: 'Time',
    waited: (days) => (days <= 0 ? 'today' : `waiting ${days} days`),
    due: 'Due',
    overdue: (days) => `${days} days late`,
    dueIn: (days) => (days === 0 ? 'due today' : `${days} days left`),
    state: 'State',
    emptyPending: 'Nothing waits for you',
    emptyDone: 'You have not finished anything yet',
    emptyStarted: 'You have not started anything yet',
  },
);

const KINDS = Object.keys(KIND_WORDS) as readonly Todo['kind'][];

type Box = 'PENDING' | 'DONE' | 'STARTED' | 'CC';
const BOXES: readonly Box[] = ['PENDING', 'DONE', 'STARTED', 'CC'];

/** One centre for every workflow: what waits for me, what I did, what I started, what I should know. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const [params, setParams] = useSearchParams();
  const box = BOXES.find((name) => name === params.get('box')) ?? 'PENDING';
  const counts = useQuery({
    queryKey: ['todos', 'counts'],
    queryFn: () => body(api.GET('/api/v1/workbench/todos/counts')),
    refetchInterval: 60_000,
  });
  const waiting = (counts.data?.items ?? []).reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <PageHeader />
      <Tabs
        activeKey={box}
        onChange={(key) => setParams(key === 'PENDING' ? {} : { box: key })}
        items={BOXES.map((name) => ({
          key: name,
          label:
            name === 'PENDING' ? (
              <Badge count={waiting} size="small" offset={[10, 0]} overflowCount={999}>
                {t.boxes[name]}
              </Badge>
            ) : (
              t.boxes[name]
            ),
        }))}
      />
      {box === 'CC' ? <Inbox /> : <TodoList key={box} box={box} counts={counts.data?.items ?? []} />}
    </>
  );
}

function TodoList({
  box,
  counts,
}: {
  box: Exclude<Box, 'CC'>;
  counts: readonly { readonly kind: Todo['kind']; readonly count: number }[];
}): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const titleOf = useTodoTitle();
  const [params, setParams] = useSearchParams();
  // Asked for at once: the counts come later, and there the kind may not wait.
  const kind = KINDS.find((one) => one === params.get('kind'));
  const pending = box === 'PENDING';
  const phone = usePhone();
  const kinds = counts.filter(({ count }) => count > 0);
  const choices = [
    { value: '', label: t.all },
    ...kinds.map((one) => ({ value: String(one.kind), label: `${word(KIND_WORDS[one.kind])} ${one.count}` })),
  ];
  const choose = (value: string): void => setParams(value === '' ? {} : { kind: value });
  const columns: readonly Column<Todo>[] = [
    {
      key: 'what',
      title: t.what,
      pinned: true,
      card: 'title',
      render: (todo) => titleOf(todo),
      text: (todo) => titleOf(todo),
    },
    {
      key: 'kind',
      title: t.kind,
      render: (todo) => word(KIND_WORDS[todo.kind]),
      text: (todo) => word(KIND_WORDS[todo.kind]),
    },
    { key: 'unit', title: t.unit, render: ({ unit }) => unit ?? '–', text: ({ unit }) => unit },
    { key: 'by', title: t.by, render: ({ by }) => by ?? '–', text: ({ by }) => by },
    {
      key: 'at',
      title: pending ? t.since : t.at,
      render: ({ at }) => (
        <>
          <DateText value={at} /> {pending && <span className="hint">{t.waited(-daysUntil(at))}</span>}
        </>
      ),
      text: ({ at }) => dateTimeText(at),
    },
    {
      key: 'due',
      title: t.due,
      render: ({ dueOn, kind: what }) =>
        dueOn === null || !pending || what === 'SETTING' ? (
          <span className="none">{dueOn ?? '–'}</span>
        ) : (
          <Due date={dueOn} />
        ),
      text: ({ dueOn }) => dueOn,
    },
    {
      key: 'state',
      title: t.state,
      card: 'badge',
      render: (todo) => <TodoState of={todo} />,
      text: ({ state }) => state,
    },
  ];
  return (
    <DataTable<Todo>
      id={`todos-${box}`}
      name={`${t.title} · ${t.boxes[box]}`}
      queryKey={['todos', box]}
      columns={columns}
      rowKey={(todo) => `${todo.kind}-${todo.id}`}
      rowName={(todo) => titleOf(todo)}
      openPath={pathOf}
      personal
      refreshMs={60_000}
      fixed={kind === undefined ? {} : { kind }}
      empty={{ title: { PENDING: t.emptyPending, DONE: t.emptyDone, STARTED: t.emptyStarted }[box] }}
      toolbar={
        pending && kinds.length > 1 ? (
          phone ? (
            <Select
              aria-label={t.kind}
              value={kind ?? ''}
              onChange={choose}
              options={choices}
              popupMatchSelectWidth={false}
            />
          ) : (
            <Segmented aria-label={t.kind} value={kind ?? ''} onChange={choose} options={choices} />
          )
        ) : undefined
      }
      load={({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/workbench/todos', {
            params: { query: { box, limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
            signal,
          }),
        )
      }
    />
  );
}

function Due({ date }: { date: string }): ReactNode {
  const t = useTexts(texts);
  const days = daysUntil(date);
  return days < 0 ? (
    <Status kind="stop">{t.overdue(-days)}</Status>
  ) : (
    <Status kind={days <= 3 ? 'limited' : 'pending'}>{t.dueIn(days)}</Status>
  );
}
