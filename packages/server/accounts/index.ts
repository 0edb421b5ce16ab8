export { type Account, AccountEntry, originOf } from './account.ts';
export { type AccountBook, accountMissing, openAccountBook, vendorModel } from './book.ts';
export { AccountKey } from './key.ts';
export { type AccountsRead, readAccounts } from './read-accounts.ts';
export { vendors } from './vendors.ts';
