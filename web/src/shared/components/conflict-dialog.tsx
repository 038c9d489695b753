import { Button, Modal, Table } from 'antd';
import type { ReactNode } from 'react';
import { dictionary, useTexts } from '../i18n/dictionary';

const texts = dictionary(
  {
    title: '这条记录刚被别人改过',
    hint: '您的修改还没有保存。请逐项比较：',
    field: '项目',
    mine: '我的修改',
    latest: '最新内容',
    useLatest: '放弃我的修改，采用最新内容',
    keepMine: '在最新内容上保留我的修改',
  },
  {
    title: 'Somebody just changed this record',
    hint: 'Your change is not saved yet. Compare:',
    field: 'Field',
    mine: 'Mine',
    latest: 'Latest',
    useLatest: 'Drop my change, take the latest',
    keepMine: 'Keep my change on top of the latest',
  },
);

export interface ConflictField {
  readonly key: string;
  readonly label: string;
  readonly mine: ReactNode;
  readonly latest: ReactNode;
  readonly differs: boolean;
}

/** After a 412: both versions side by side, and a decision of the person. Nothing is overwritten silently. */
export function ConflictDialog({
  open,
  fields,
  onUseLatest,
  onKeepMine,
  onCancel,
}: {
  open: boolean;
  fields: readonly ConflictField[];
  onUseLatest: () => void;
  onKeepMine: () => void;
  onCancel: () => void;
}): ReactNode {
  const t = useTexts(texts);
  return (
    <Modal
      open={open}
      title={t.title}
      onCancel={onCancel}
      width={720}
      footer={[
        <Button key="latest" onClick={onUseLatest}>
          {t.useLatest}
        </Button>,
        <Button key="mine" type="primary" onClick={onKeepMine}>
          {t.keepMine}
        </Button>,
      ]}
    >
      <p>{t.hint}</p>
      <Table<ConflictField>
        size="small"
        pagination={false}
        rowKey="key"
        dataSource={[...fields]}
        rowClassName={({ differs }) => (differs ? 'differs' : '')}
        columns={[
          { title: t.field, dataIndex: 'label' },
          { title: t.mine, dataIndex: 'mine' },
          { title: t.latest, dataIndex: 'latest' },
        ]}
      />
    </Modal>
  );
}
