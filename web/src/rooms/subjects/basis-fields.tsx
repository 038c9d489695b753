import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { View } from '../../shared/api/client';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { BASIS_RANK_WORDS } from '../../shared/words/bodies';
import { texts } from './texts';

export type Basis = View<'LegalBasisView'>;

/** Title, article and rank of a law, as three fields of a form. */
export function BasisFields({
  name,
  children,
}: {
  name: readonly (string | number)[];
  children?: ReactNode;
}): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const rules = [{ required: true, whitespace: true, message: t.form.required }];
  return (
    <div className="basis-row wide">
      <Form.Item name={[...name, 'title']} label={t.basis.title} rules={rules}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name={[...name, 'article']} label={t.basis.article} rules={rules}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name={[...name, 'rank']} label={t.basis.rank} rules={[{ required: true, message: t.form.required }]}>
        <Select options={Object.entries(BASIS_RANK_WORDS).map(([value, label]) => ({ value, label: word(label) }))} />
      </Form.Item>
      {children}
    </div>
  );
}

/** 《…》第…条（法律） */
export function BasisText({ basis }: { basis: Basis }): ReactNode {
  const word = useWord();
  const rank = BASIS_RANK_WORDS[basis.rank];
  return (
    <>
      <span>{`《${basis.title}》${basis.article}`}</span> {rank && <span className="hint">{word(rank)}</span>}
    </>
  );
}
