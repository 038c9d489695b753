import type { ReactNode } from 'react';
import { api, body } from '../api/client';
import { RemoteSelect, type FieldProps } from './remote-select';

/** A matter, by part of its name or its code; the value is its code. */
export const MatterSelect = (field: FieldProps): ReactNode => (
  <RemoteSelect
    {...field}
    kind="matters"
    search={async (q, signal) => {
      const { items } = await body(
        api.GET('/api/v1/matters', { params: { query: { limit: 100, ...(q === '' ? {} : { q }) } }, signal }),
      );
      return items.map(({ code, name }) => ({ value: code, label: name, hint: code }));
    }}
    resolve={async (code) => {
      const matter = await body(api.GET('/api/v1/matters/{id}', { params: { path: { id: code } } }));
      return { value: matter.code, label: matter.name, hint: matter.code };
    }}
  />
);
