import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Upload } from 'antd';
import { useState, type ReactNode } from 'react';
import { download } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useProblemSentence } from '../../shared/components/problem-alert';
import { useTexts } from '../../shared/i18n/dictionary';
import { batchTexts } from './batch-texts';
import { REVERTIBLE, TAKES_ROUND, type Import } from './kinds';
import { Revert } from './revert';
import { texts } from './texts';
import { checkFile, stampOf, uploadFile } from './upload';

/** Error workbook, its corrected upload, revert: each where the status of the import allows it. */
export function BatchButtons({ record }: { record: Import }): ReactNode {
  const t = useTexts(texts);
  const own = useTexts(batchTexts);
  const { message } = App.useApp();
  const sentence = useProblemSentence();
  const [reverting, setReverting] = useState(false);
  const { counts, status } = record;
  const faulty = counts.invalid + counts.failed;
  const takesRound = TAKES_ROUND.includes(status);
  const workbook = useCommand({
    run: () => download(`/api/v1/imports/${record.id}/error-workbook`, `${record.fileName}.xlsx`),
  });
  const next = useCommand({
    run: async ({ file }: { file: File; stamp: string }, key) => {
      // Any other file would open an import of its own.
      const { roundOf } = await checkFile(file);
      if (roundOf !== record.id) return null;
      return uploadFile({ file, kind: record.kind, parameters: record.parameters }, key);
    },
    refresh: [['imports']],
  });
  const upload = (file: File): void => {
    next.runAndWait({ file, stamp: stampOf(file) }).then(
      (accepted) => {
        if (accepted === null) void message.warning(t.notThisWorkbook, 8);
        else void message.success(t.roundOf(accepted.round));
      },
      (error: unknown) => void message.error(sentence(error), 8),
    );
  };
  return (
    <>
      {faulty > 0 && (takesRound || REVERTIBLE.includes(status)) && (
        <Button
          icon={<DownloadOutlined />}
          loading={workbook.busy}
          onClick={() => {
            workbook.runAndWait(undefined).catch((error: unknown) => void message.error(sentence(error), 8));
          }}
        >
          {t.failedRows}
        </Button>
      )}
      {faulty > 0 && takesRound && (
        <Upload
          accept=".xlsx"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            upload(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={next.busy} title={own.uploadHint}>
            {t.uploadFixed}
          </Button>
        </Upload>
      )}
      {REVERTIBLE.includes(status) && counts.created + counts.updated > 0 && (
        <Button danger onClick={() => setReverting(true)}>
          {own.revert}
        </Button>
      )}
      {reverting && <Revert record={record} onClose={() => setReverting(false)} />}
    </>
  );
}
