export { type Account, AccountEntry, originOf } from './account.ts';
export { type AccountBook, accountMissing, openAccountBook, vendorModel } from './book.ts';
export { type AccountDesk, type CheckedStanding, openAccountDesk, type Standing } from './desk.ts';
export { AccountKey } from './key.ts';
export { type AccountsRead, readAccounts } from './read-accounts.ts';
export { cheapestFirst, type Route, routes } from './route.ts';
export { openSealer, type Sealer } from './seal.ts';
export { vendors } from './vendors.ts';
