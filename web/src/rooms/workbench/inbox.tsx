import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { DateText } from '../../shared/components/date-text';
import { Status } from '../../shared/components/status';
import { dictionary, useTexts } from '../../shared/i18n/dictionary';
import { dateTimeText } from '../../shared/lib/dates';
import { DataTable } from '../../shared/table/data-table';
import type { Column } from '../../shared/table/types';

const texts = dictionary(
  {
    title: '抄送我的',
    what: '内容',
    at: '时间',
    state: '状态',
    unread: '未读',
    read: '已读',
    markRead: '标为已读',
    only: '只看',
    empty: '没有通知',
  },
  {
    title: 'Notices',
    what: 'Notice',
    at: 'Time',
    state: 'State',
    unread: 'Unread',
    read: 'Read',
    markRead: 'Mark as read',
    only: 'Only',
    empty: 'No notices',
  },
);

type Notice = View<'NotificationView'>;

const PATHS: Readonly<Record<string, string>> = {
  deployment: '/duty/deployments/',
  import: '/imports/',
  setting: '/settings/',
  exam: '/exams/',
  officer: '/officers/',
  certificate: '/certificates/',
  application: '/applications/',
  'certificate-application': '/applications/',
  'card-case': '/card-cases/',
  publication: '/publications/',
  delegation: '/delegations/',
  subject: '/subjects/',
};

/** What somebody should know; opening it marks it as read. */
export function Inbox(): ReactNode {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const read = useCommand({
    run: (id: string) => body(api.POST('/api/v1/notifications/{id}/read', { params: { path: { id } } })),
    refresh: [['notifications']],
  });
  const columns: readonly Column<Notice>[] = [
    {
      key: 'what',
      title: t.what,
      card: 'title',
      pinned: true,
      render: ({ summary, readAt }) => (readAt === null ? <strong>{summary}</strong> : summary),
      text: ({ summary }) => summary,
    },
    {
      key: 'at',
      title: t.at,
      render: ({ createdAt }) => <DateText value={createdAt} />,
      text: ({ createdAt }) => dateTimeText(createdAt),
    },
    {
      key: 'state',
      title: t.state,
      card: 'badge',
      render: ({ id, readAt }) =>
        readAt === null ? (
          <>
            <Status kind="pending">{t.unread}</Status>{' '}
            <Button size="small" type="link" onClick={() => read.run(id)}>
              {t.markRead}
            </Button>
          </>
        ) : (
          <Status kind="over">{t.read}</Status>
        ),
      text: ({ readAt }) => (readAt === null ? t.unread : t.read),
    },
  ];
  return (
    <DataTable<Notice>
      id="notices"
      name={t.title}
      queryKey={['notifications', 'inbox']}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ summary }) => summary}
      onOpen={({ id, readAt, targetType, targetId }) => {
        if (readAt === null) read.run(id);
        const path = PATHS[targetType];
        if (path !== undefined) void navigate(`${path}${targetId}`);
      }}
      empty={{ title: t.empty }}
      filters={[{ key: 'unread', label: t.only, kind: 'select', options: [{ value: 'true', label: t.unread }] }]}
      load={({ limit, cursor, filters }, signal) =>
        body(
          api.GET('/api/v1/notifications', {
            params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
            signal,
          }),
        )
      }
    />
  );
}
