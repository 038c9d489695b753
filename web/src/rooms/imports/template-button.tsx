import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { download } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { ProblemAlert } from '../../shared/components/problem-alert';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { ABOUT, isKind } from './kinds';
import { texts } from './texts';

/** The sheet to fill in; with its exam or class it comes filled with the people. */
export function TemplateButton({
  kind,
  parameters = {},
}: {
  kind: string;
  parameters?: Readonly<Record<string, string>>;
}): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const query = new URLSearchParams(parameters).toString();
  const template = useCommand({
    run: () =>
      download(
        `/api/v1/import-templates/${kind}.xlsx${query === '' ? '' : `?${query}`}`,
        `${isKind(kind) ? word(ABOUT[kind].name) : kind}.xlsx`,
      ),
  });
  return (
    <>
      <Button icon={<DownloadOutlined />} size="small" loading={template.busy} onClick={() => template.run(undefined)}>
        {t.template}
      </Button>
      <ProblemAlert error={template.problem} />
    </>
  );
}
