import { InboxOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Flex, Form, Select, Steps, Upload } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, body, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { DateText } from '../../shared/components/date-text';
import { PageHeader } from '../../shared/components/page-header';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import './imports.css';
import { ABOUT, isKind, kindName, useMyKinds, type Kind } from './kinds';
import { STATUS_WORDS } from './states';
import { useStepItems } from './step-items';
import { TemplateButton } from './template-button';
import { texts } from './texts';
import { checkFile, LARGEST_MB, stampOf, uploadFile } from './upload';

type Checked = View<'CheckedFileView'>;

/** P11, first screen: what is imported, the file, and whether it was imported before. Other rooms link here with kind and exam or class. */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const kinds = useMyKinds();
  const steps = useStepItems();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [params, setParams] = useSearchParams();
  const wanted = params.get('kind');
  const kind = isKind(wanted) && kinds.includes(wanted) ? wanted : (kinds[0] ?? null);
  const parameter = kind === null ? null : ABOUT[kind].parameter;
  const chosen = parameter === null ? null : params.get(parameter);
  const parameters: Readonly<Record<string, string>> =
    parameter === null || chosen === null ? {} : { [parameter]: chosen };
  const [file, setFile] = useState<File | null>(null);

  const check = useCommand({ run: ({ file: one }: { file: File; stamp: string }) => checkFile(one) });
  const [checked, setChecked] = useState<Checked | null>(null);
  const send = useCommand({
    run: (input: { file: File; stamp: string; kind: string; parameters: Readonly<Record<string, string>> }, key) =>
      uploadFile(input, key),
    refresh: [['imports']],
    done: ({ id }) => void navigate(`/imports/${id}`),
  });

  const set = (changes: Readonly<Record<string, string>>): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [key, value] of Object.entries(changes)) next.set(key, value);
        return next;
      },
      { replace: true },
    );
  const take = (one: File): void => {
    if (!/\.(xlsx|csv)$/i.test(one.name)) return void message.warning(t.wrongType, 6);
    if (one.size > LARGEST_MB * 1024 * 1024) return void message.warning(t.tooLarge(LARGEST_MB), 6);
    setFile(one);
    setChecked(null);
    send.clear();
    check.runAndWait({ file: one, stamp: stampOf(one) }).then(setChecked, () => undefined);
  };
  const isRound = checked?.roundOf !== undefined && checked.roundOf !== null;
  const ready = kind !== null && file !== null && !check.busy && (isRound || parameter === null || chosen !== null);

  return (
    <>
      <PageHeader extra={kind !== null && <TemplateButton kind={kind} parameters={parameters} />} />
      <Steps size="small" current={0} items={steps} className="import-steps" />
      <section className="panel">
        <Form layout="vertical" className="import-form">
          <Form.Item label={t.chooseKind} htmlFor="import-kind">
            <Select<Kind>
              id="import-kind"
              value={kind}
              onChange={(value) => set({ kind: value })}
              options={kinds.map((one) => ({ value: one, label: word(ABOUT[one].name) }))}
            />
          </Form.Item>
          {parameter === 'examId' && (
            <Form.Item label={t.chooseExam} htmlFor="import-exam" required>
              <ExamSelect id="import-exam" value={chosen} onChange={(examId) => set({ examId })} />
            </Form.Item>
          )}
          {parameter === 'trainingClassId' && (
            <Form.Item label={t.chooseClass} htmlFor="import-class" required>
              <ClassSelect id="import-class" value={chosen} onChange={(id) => set({ trainingClassId: id })} />
            </Form.Item>
          )}
        </Form>
        {kind !== null && <p className="hint">{word(ABOUT[kind].guide)}</p>}
        <Upload.Dragger
          accept=".xlsx,.csv"
          maxCount={1}
          showUploadList={false}
          disabled={send.busy}
          beforeUpload={(one) => {
            take(one);
            return false;
          }}
        >
          <p className="import-drop-icon" aria-hidden="true">
            <InboxOutlined />
          </p>
          <p>{file === null ? t.drop : `${file.name} · ${sizeText(file.size)}`}</p>
          <p className="hint">{file === null ? t.limits(LARGEST_MB) : t.otherFile}</p>
        </Upload.Dragger>
        <div role="status" className="import-check">
          {check.busy && <span className="hint">{t.checking}</span>}
          <ProblemAlert error={check.problem} />
          {checked && <AboutFile checked={checked} kind={kind} onKind={(one) => set({ kind: one })} />}
        </div>
        <ProblemAlert error={send.problem} />
        <Flex justify="flex-end">
          <Button
            type="primary"
            size="large"
            disabled={!ready}
            loading={send.busy}
            onClick={() => {
              if (kind !== null && file !== null) send.run({ file, stamp: stampOf(file), kind, parameters });
            }}
          >
            {send.busy ? t.uploading : t.upload}
          </Button>
        </Flex>
      </section>
    </>
  );
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** What is known about the file before it is taken: same bytes, same rows, an error workbook, another kind. */
function AboutFile({
  checked,
  kind,
  onKind,
}: {
  checked: Checked;
  kind: string | null;
  onKind: (kind: string) => void;
}): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const kinds = useMyKinds();
  if (checked.roundOf !== null) {
    return (
      <Alert
        type="info"
        showIcon
        title={t.isRound}
        description={
          <>
            {t.isRoundHint} <Link to={`/imports/${checked.roundOf}`}>{t.openBatch}</Link>
          </>
        }
      />
    );
  }
  const fits = checked.rows.find((one) => one.kind === kind);
  const other = checked.rows.find((one) => one.kind !== kind && (kinds as readonly string[]).includes(one.kind));
  return (
    <Flex vertical gap="small">
      {fits && (
        <Alert
          type={fits.known > 0 ? 'warning' : 'success'}
          showIcon
          title={`${t.recognised} ${word(kindName(fits.kind))}`}
          description={
            fits.known > 0 ? (
              <>
                {t.rowsKnown(fits.known, fits.total)}
                <ul>
                  {fits.imports.map(({ importId, fileName }) => (
                    <li key={importId}>
                      <Link to={`/imports/${importId}`}>{fileName}</Link>
                    </li>
                  ))}
                </ul>
              </>
            ) : undefined
          }
        />
      )}
      {!fits && (
        <Alert
          type="warning"
          showIcon
          title={other ? t.otherKind(word(kindName(other.kind))) : t.noKind}
          action={other && <Button onClick={() => onKind(other.kind)}>{t.takeKind}</Button>}
        />
      )}
      {checked.imports.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t.sameFile}
          description={
            <>
              {t.sameFileHint}
              <ul>
                {checked.imports.map((one) => (
                  <li key={one.id}>
                    <Link to={`/imports/${one.id}`}>{t.openBatch}</Link> <DateText value={one.createdAt} />{' '}
                    <StatusOf value={one.status} of={STATUS_WORDS} />
                  </li>
                ))}
              </ul>
            </>
          }
        />
      )}
    </Flex>
  );
}

interface SelectProps {
  readonly id: string;
  readonly value: string | null;
  readonly onChange: (id: string) => void;
}

/** Exams whose results may still be recorded. */
function ExamSelect({ id, value, onChange }: SelectProps): ReactNode {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['exams', 'open'],
    queryFn: () => body(api.GET('/api/v1/exams', { params: { query: { status: 'OPEN', limit: 100 } } })),
  });
  return (
    <Select
      id={id}
      value={value}
      loading={found.isPending}
      onChange={onChange}
      notFoundContent={t.none}
      options={(found.data?.items ?? []).map((exam) => ({ value: exam.id, label: `${exam.title}（${exam.heldOn}）` }))}
    />
  );
}

function ClassSelect({ id, value, onChange }: SelectProps): ReactNode {
  const t = useTexts(texts);
  const found = useQuery({
    queryKey: ['training', 'open-classes'],
    queryFn: () => body(api.GET('/api/v1/training-classes', { params: { query: { status: 'OPEN', limit: 100 } } })),
  });
  return (
    <Select
      id={id}
      value={value}
      loading={found.isPending}
      onChange={onChange}
      notFoundContent={t.none}
      options={(found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.title}（${one.startsOn}）` }))}
    />
  );
}
