import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../shared/components/page-header';
import { useTexts } from '../../shared/i18n/dictionary';
import { CardsTable } from './cards-table';
import { CasesTable } from './cases-table';
import { DestructionsTable } from './destructions-table';
import { texts } from './texts';

/** Cards that have to come back, where every card is, and the lists by which cards are destroyed (BR-83 to BR-86). */
export function Component(): ReactNode {
  const t = useTexts(texts);
  const [params, setParams] = useSearchParams();
  return (
    <>
      <PageHeader>{t.lead}</PageHeader>
      <Tabs
        activeKey={params.get('tab') ?? 'cases'}
        destroyOnHidden
        onChange={(key) => setParams(key === 'cases' ? {} : { tab: key })}
        items={[
          { key: 'cases', label: t.tabs.cases, children: <CasesTable /> },
          { key: 'cards', label: t.tabs.cards, children: <CardsTable /> },
          { key: 'destructions', label: t.tabs.destructions, children: <DestructionsTable /> },
        ]}
      />
    </>
  );
}
