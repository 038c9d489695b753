import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Flex, Modal, Radio } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useMe } from '../api/session';
import { ProblemAlert } from '../components/problem-alert';
import { useTexts } from '../i18n/dictionary';
import { exportRows, type ExportFormat } from './export-rows';
import { tableTexts } from './texts';
import type { Column } from './types';
import { READ_ALL_LIMIT, TooMany, type ListState } from './use-list';

/** Exports this page, the selection, or all matches: the count is said before anything is written. */
export function ExportMenu<Row>({
  name,
  columns,
  list,
  selected,
}: {
  name: string;
  columns: readonly Column<Row>[];
  list: ListState<Row>;
  selected: readonly Row[];
}): ReactNode {
  const t = useTexts(tableTexts);
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [counted, setCounted] = useState(0);
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const stop = useRef<AbortController>(undefined);

  const show = (ready: readonly Row[] | null): void => {
    setRows(ready);
    setCounted(ready?.length ?? 0);
    setError(null);
    setOpen(true);
  };
  const readAll = (): void => {
    show(null);
    stop.current = new AbortController();
    list.readAll(setCounted, stop.current.signal).then(setRows, setError);
  };
  const close = (): void => {
    stop.current?.abort();
    setOpen(false);
  };
  const write = async (): Promise<void> => {
    if (!rows) return;
    try {
      await exportRows(rows, columns, { name, format, by: `${me.displayName} (${me.username})` });
      close();
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'page', label: t.exportPage, onClick: () => show(list.rows) },
            {
              key: 'selected',
              label: t.exportSelected(selected.length),
              disabled: selected.length === 0,
              onClick: () => show(selected),
            },
            { key: 'all', label: t.exportAll, onClick: readAll },
          ],
        }}
      >
        <Button icon={<DownloadOutlined />}>{t.export}</Button>
      </Dropdown>
      <Modal
        open={open}
        title={t.exportTitle}
        okText={t.download}
        okButtonProps={{ disabled: rows === null }}
        onOk={() => void write()}
        onCancel={close}
      >
        <Flex vertical gap="middle">
          {error !== null && (
            <ProblemAlert error={error} {...(error instanceof TooMany ? { title: t.tooMany(READ_ALL_LIMIT) } : {})} />
          )}
          <div role="status">{rows === null ? t.counting(counted) : t.exportCount(rows.length)}</div>
          <Radio.Group
            aria-label={t.format}
            value={format}
            onChange={(event) => setFormat(event.target.value as ExportFormat)}
            options={[
              { value: 'xlsx', label: 'Excel (.xlsx)' },
              { value: 'csv', label: 'CSV (UTF-8)' },
            ]}
          />
        </Flex>
      </Modal>
    </>
  );
}
