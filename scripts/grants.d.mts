/** Grants the application's account exactly what docker/database/grants.json lists, and takes everything else away. */
export function applyGrants(options: {
  readonly adminUrl: string;
  readonly appUser: string;
  readonly password: string;
  readonly database: string;
  readonly host?: string;
  /** Whose list: the application's (default), or that of the checker of certificates, who only reads. */
  readonly role?: 'app' | 'checker';
}): Promise<unknown>;
