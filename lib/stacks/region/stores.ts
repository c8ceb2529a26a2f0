import { AccountsTable } from '../../constructs/accounts/accounts-table.ts';
import { AuditTable } from '../../constructs/storage/audit-table.ts';
import { LibraryTable } from '../../constructs/storage/library-table.ts';
import { OriginalsBucket } from '../../constructs/storage/originals-bucket.ts';
import { VariantsBucket } from '../../constructs/storage/variants-bucket.ts';
import type { RegionScope } from './region-scope.ts';

/** Where a region's data are. */
export interface Stores {
  readonly originals: OriginalsBucket;
  readonly variants: VariantsBucket;
  readonly library: LibraryTable;
  readonly audit: AuditTable;
  /** In the home region, whichever region this is. */
  readonly accounts: AccountsTable;
}

export function makeStores({ stack, config }: RegionScope): Stores {
  return {
    originals: new OriginalsBucket(stack, 'Originals'),
    variants: new VariantsBucket(stack, 'Variants', { deployment: config.name, days: config.variantDays }),
    library: new LibraryTable(stack, 'Library'),
    audit: new AuditTable(stack, 'Audit'),
    accounts: new AccountsTable(stack, 'Accounts', {
      deployment: config.name,
      homeRegion: config.regions[0],
      hasStream: config.backup !== undefined,
    }),
  };
}
