export { IdentityModule } from './identity.module.js';
export { Actors } from './actors.js';
export { Notifications } from './notifications.js';
export { Accounts } from './accounts.js';
export { SigningKeys, type Signature } from './signing-keys/signing-keys.js';
export { checkSignature } from './signing-keys/signature-scheme.js';
