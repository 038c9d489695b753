import {
  ArrowDownOutlined,
  ArrowUpOutlined,
  ColumnHeightOutlined,
  PrinterOutlined,
  ReloadOutlined,
  SettingOutlined,
} from '@ant-design/icons';
import { Button, Checkbox, Dropdown, Flex, Popover, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/dictionary';
import { usePhone } from '../hooks/use-phone';
import { timeText } from '../lib/dates';
import { preferences, usePreferences, type Density } from '../lib/preferences';
import type { ColumnChoice } from './columns';
import { tableTexts } from './texts';

const DENSITIES: readonly Density[] = ['small', 'middle', 'large'];

/** Refresh, density, columns, print. */
export function TableTools<Row>({
  columns,
  readAt,
  fetching,
  onRefresh,
  children,
}: {
  columns: ColumnChoice<Row>;
  readAt: number;
  fetching: boolean;
  onRefresh: () => void;
  children?: ReactNode;
}): ReactNode {
  const t = useTexts(tableTexts);
  const { density } = usePreferences();
  const phone = usePhone();
  return (
    <Flex gap={4} align="center" className="table-tools" wrap>
      {readAt > 0 && <span className="hint as-of">{t.asOf(timeText(readAt))}</span>}
      <Tooltip title={t.refresh}>
        <Button type="text" icon={<ReloadOutlined spin={fetching} />} aria-label={t.refresh} onClick={onRefresh} />
      </Tooltip>
      {!phone && (
        <>
          <Dropdown
            trigger={['click']}
            menu={{
              selectable: true,
              selectedKeys: [density],
              items: DENSITIES.map((key) => ({
                key,
                label: t.densities[key],
                onClick: () => preferences.set({ density: key }),
              })),
            }}
          >
            <Button type="text" icon={<ColumnHeightOutlined />} aria-label={t.density} title={t.density} />
          </Dropdown>
          <Popover
            trigger="click"
            placement="bottomRight"
            content={<ColumnSettings columns={columns} />}
            title={t.columns}
          >
            <Button type="text" icon={<SettingOutlined />} aria-label={t.columns} title={t.columns} />
          </Popover>
          <Tooltip title={t.print}>
            <Button type="text" icon={<PrinterOutlined />} aria-label={t.print} onClick={() => window.print()} />
          </Tooltip>
        </>
      )}
      {children}
    </Flex>
  );
}

function ColumnSettings<Row>({ columns }: { columns: ColumnChoice<Row> }): ReactNode {
  const t = useTexts(tableTexts);
  return (
    <div className="column-settings">
      {columns.ordered.map(({ key, title, pinned }) => (
        <Flex key={key} align="center" gap="small">
          <Checkbox
            className="grow"
            checked={columns.isVisible(key)}
            disabled={pinned === true}
            onChange={() => columns.toggle(key)}
          >
            {title}
          </Checkbox>
          <Button
            type="text"
            size="small"
            icon={<ArrowUpOutlined />}
            aria-label={`${title} ↑`}
            disabled={!columns.isVisible(key)}
            onClick={() => columns.move(key, -1)}
          />
          <Button
            type="text"
            size="small"
            icon={<ArrowDownOutlined />}
            aria-label={`${title} ↓`}
            disabled={!columns.isVisible(key)}
            onClick={() => columns.move(key, 1)}
          />
        </Flex>
      ))}
      <Button type="link" size="small" onClick={columns.reset}>
        {t.columnsReset}
      </Button>
    </div>
  );
}
