import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  EditOutlined,
  ExclamationCircleFilled,
  HourglassOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useWord, type Words } from '../i18n/dictionary';

/**
 * How something stands: ok ✔ green, soon ⏳ gold, limited ⚠ orange, stop ✖ red, pending ● blue, unknown ? grey,
 * draft ✎ grey, over ⊖ grey (done with, no judgement).
 */
export type StatusKind = 'ok' | 'soon' | 'limited' | 'stop' | 'pending' | 'unknown' | 'draft' | 'over' | 'void';

const ICONS: Readonly<Record<StatusKind, ReactNode>> = {
  ok: <CheckCircleFilled />,
  soon: <HourglassOutlined />,
  limited: <ExclamationCircleFilled />,
  stop: <CloseCircleFilled />,
  pending: <ClockCircleFilled />,
  unknown: <QuestionCircleOutlined />,
  draft: <EditOutlined />,
  over: <MinusCircleOutlined />,
  void: <StopOutlined />,
};

/** A status is always a word, an icon and a colour together. */
export const Status = ({ kind, children }: { kind: StatusKind; children: ReactNode }): ReactNode => (
  <span className={`status status-${kind}`}>
    <span aria-hidden="true" className="status-icon">
      {ICONS[kind]}
    </span>
    <span>{children}</span>
  </span>
);

/** The words and kinds of every value of a status field. */
export type StatusWords<Value extends string> = Readonly<Record<Value, readonly [StatusKind, Words]>>;

/** The status of a record by the table of its words; a value that the table does not know is shown as it is. */
export function StatusOf<Value extends string>({ value, of }: { value: string; of: StatusWords<Value> }): ReactNode {
  const word = useWord();
  const found = (of as Readonly<Record<string, readonly [StatusKind, Words]>>)[value];
  return found ? <Status kind={found[0]}>{word(found[1])}</Status> : <Status kind="unknown">{value}</Status>;
}
