import { AccountsTable } from '../../constructs/accounts/accounts-table.ts';
import type { OwnHosts } from '../../constructs/edge/own-hosts.ts';
import { tellOfAlarms } from '../../constructs/insight/alarm-receivers.ts';
import { EdgeAlarms } from '../../constructs/insight/edge-alarms.ts';
import { EdgeDashboard } from '../../constructs/insight/edge-dashboard.ts';
import { MonthBudget } from '../../constructs/insight/month-budget.ts';
import { SpendCeiling } from '../../constructs/insight/spend-ceiling.ts';
import { TRANSFORMER_NAME_OUTPUT } from '../region/region-outputs.ts';
import { outputOf } from '../stack-output.ts';
import type { Apis } from './apis.ts';
import type { EdgeScope } from './edge-scope.ts';
import type { MediaParts } from './media.ts';

/** What the account may cost. */
export function boundSpending({ stack, config, code, regions: [home] }: EdgeScope): void {
  const { name, profile, alarms, spendCeiling, regions } = config;
  if (spendCeiling === undefined) return;
  new SpendCeiling(stack, 'SpendCeiling', {
    ...{ deployment: name, dollars: spendCeiling, mails: alarms.mails },
    code: code.handler('reach-ceiling'),
    accounts: new AccountsTable(stack, 'Accounts', { deployment: name, homeRegion: regions[0], isElsewhere: true }),
    audit: home.audit,
    hasAlarms: profile === 'guarded',
  });
}

/** Budget, dashboard and alarms. */
export function watch({ stack, config, regions }: EdgeScope, { cdn }: MediaParts, { home: homeApi }: Apis): void {
  const { name, profile, alarms, dashboards, monthlyBudget } = config;
  const { distributionId } = cdn.distribution;
  if (monthlyBudget !== undefined) {
    new MonthBudget(stack, 'Budget', { deployment: name, dollars: monthlyBudget, mails: alarms.mails });
  }
  if (dashboards) {
    const transformers = regions.map((region) => ({
      region: region.region,
      functionName: outputOf(region, TRANSFORMER_NAME_OUTPUT),
    }));
    new EdgeDashboard(stack, 'OperationsDashboard', { deployment: name, distributionId, transformers });
  }
  if (profile !== 'guarded') return;
  const certificates = certificatesOf({ media: cdn.ownHosts, api: homeApi.ownHosts });
  new EdgeAlarms(stack, 'Alarms', { deployment: name, distributionId, certificates });
  tellOfAlarms(stack, name, alarms);
}

/** Use -> ARN, of those that distributions have. */
function certificatesOf(hosts: Readonly<Record<string, OwnHosts | undefined>>): Map<string, string> {
  const certificates = new Map<string, string>();
  for (const [use, own] of Object.entries(hosts)) if (own) certificates.set(use, own.certificate.certificateArn);
  return certificates;
}
