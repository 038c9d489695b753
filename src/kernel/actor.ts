import type { Permission, Role } from './permissions.js';

/** Who acts, as the database knew it when this request (or job batch) began. Never cached across requests. */
export interface Actor {
  readonly accountId: string;
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  readonly homeSubjectId: string;
  readonly homeSubjectName: string;
  /** Materialised path of the home subject: the scope is every subject whose path begins with it. */
  readonly homeSubjectPath: string;
  /** The officer record of an account with the role OFFICER. */
  readonly officerId: string | null;
}
