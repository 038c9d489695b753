/** Grants the application's account exactly what docker/database/grants.json lists, and takes everything else away. */
export function applyGrants(options: {
  readonly adminUrl: string;
  readonly appUser: string;
  readonly password: string;
  readonly database: string;
  readonly host?: string;
}): Promise<unknown>;
