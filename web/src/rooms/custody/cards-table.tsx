import { App, Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, body, idempotent, type View } from '../../shared/api/client';
import { useCommand } from '../../shared/api/command';
import { useMay } from '../../shared/api/session';
import { ConfirmDanger } from '../../shared/components/confirm-danger';
import { DateText } from '../../shared/components/date-text';
import { OfficerSelect, SubjectSelect } from '../../shared/components/remote-select';
import { StatusOf } from '../../shared/components/status';
import { useTexts, useWord } from '../../shared/i18n/dictionary';
import { DataTable } from '../../shared/table/data-table';
import { CERTIFICATE_STATE_WORDS } from '../../shared/words/certificates';
import { CUSTODY_WORDS } from './words';
import { texts } from './texts';

type Custody = View<'CustodyView'>;

/** Where every card is; returned ones can go on a destruction list. */
export function CardsTable(): ReactNode {
  const t = useTexts(texts);
  const word = useWord();
  const mayDestroy = useMay('card.destroy');
  const [listed, setListed] = useState<readonly Custody[]>([]);
  return (
    <>
      <DataTable<Custody>
        id="cards"
        name={t.tabs.cards}
        personal
        queryKey={['cards']}
        load={async ({ limit, cursor, filters }, signal) =>
          body(
            api.GET('/api/v1/cards', {
              params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...filters } },
              signal,
            }),
          )
        }
        rowKey={({ certificateId }) => certificateId}
        rowName={({ holderName, certificateNo }) => `${holderName} ${certificateNo}`}
        openPath={({ certificateId }) => `/cards/${certificateId}`}
        filters={[
          {
            key: 'state',
            label: t.custody,
            kind: 'select',
            options: Object.entries(CUSTODY_WORDS).map(([value, [, pair]]) => ({ value, label: word(pair) })),
          },
          { key: 'subjectId', label: t.unit, kind: 'custom', field: (field) => <SubjectSelect {...field} /> },
          { key: 'officerId', label: t.holder, kind: 'custom', field: (field) => <OfficerSelect {...field} /> },
        ]}
        {...(mayDestroy
          ? {
              maySelect: ({ state }: Custody) => state === 'RETURNED',
              selectionActions: ({ rows, count }: { rows: readonly Custody[]; count: number }) => (
                <Button danger disabled={count === 0} onClick={() => setListed(rows)}>
                  {t.listForDestruction(count)}
                </Button>
              ),
            }
          : {})}
        columns={[
          {
            key: 'holder',
            title: t.holder,
            render: ({ holderName }) => holderName,
            text: ({ holderName }) => holderName,
            card: 'title',
          },
          {
            key: 'custody',
            title: t.custody,
            render: ({ state }) => <StatusOf value={state} of={CUSTODY_WORDS} />,
            text: ({ state }) => word(CUSTODY_WORDS[state][1]),
            card: 'badge',
          },
          {
            key: 'certificate',
            title: t.certificate,
            render: ({ certificateNo }) => <span className="code">{certificateNo}</span>,
            text: ({ certificateNo }) => certificateNo,
          },
          {
            key: 'certificateState',
            title: t.certificateState,
            render: ({ certificateState }) => <StatusOf value={certificateState} of={CERTIFICATE_STATE_WORDS} />,
            text: ({ certificateState }) => certificateState,
          },
          {
            key: 'since',
            title: t.since,
            render: ({ since }) => <DateText value={since} />,
            text: ({ since }) => since,
          },
        ]}
        empty={{ title: t.noCards }}
      />
      {listed.length > 0 && <List cards={listed} onClose={() => setListed([])} />}
    </>
  );
}

/** The first signature of two. */
function List({ cards, onClose }: { cards: readonly Custody[]; onClose: () => void }): ReactNode {
  const t = useTexts(texts);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [note, setNote] = useState('');
  const list = useCommand({
    run: (how: string, key) =>
      body(
        api.POST('/api/v1/card-destructions', {
          headers: idempotent(key),
          body: { certificateIds: cards.map(({ certificateId }) => certificateId), note: how },
        }),
      ),
    refresh: [['cards'], ['card-destructions'], ['certificates']],
    done: ({ id }) => {
      void message.success(t.done);
      onClose();
      void navigate(`/card-destructions/${id}`);
    },
  });
  return (
    <ConfirmDanger
      open
      title={t.listTitle}
      confirm={t.listForDestruction(cards.length)}
      consequence={t.listFollows}
      answers={[
        { label: t.count, value: t.pieces(cards.length) },
        {
          label: t.holder,
          value: cards
            .slice(0, 20)
            .map(({ holderName }) => holderName)
            .concat(cards.length > 20 ? ['…'] : [])
            .join('、'),
        },
      ]}
      typed={cards.length}
      filled={note.trim() !== ''}
      busy={list.busy}
      error={list.problem}
      onConfirm={() => list.run(note.trim())}
      onCancel={onClose}
    >
      <label className="typed">
        <span>{t.how}</span>
        <Input.TextArea value={note} maxLength={500} rows={2} onChange={(event) => setNote(event.target.value)} />
      </label>
    </ConfirmDanger>
  );
}
