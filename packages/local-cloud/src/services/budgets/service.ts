import type { PlannedResource } from '../../assembly/plan-assembly.ts';
import type { Service } from '../../service/service.ts';
import { TOPICS } from '../sns/service.ts';
import type { Budget } from './budgets.ts';
import { Budgets } from './budgets.ts';
import { BUDGETS_RESOURCE_TYPES } from './properties.ts';

/** Milliseconds between two looks at what is spent. AWS looks some times a day. */
const PERIOD = 1000;

/** The properties of AWS::Budgets::Budget that are run here. */
interface BudgetProperties {
  readonly Budget: { readonly BudgetName: string; readonly BudgetLimit: { readonly Amount: number | string } };
  readonly NotificationsWithSubscribers?: readonly {
    readonly Notification: { readonly NotificationType: string; readonly Threshold: number | string };
    readonly Subscribers: readonly { readonly SubscriptionType: string; readonly Address: string }[];
  }[];
}

export const budgets: Service = {
  name: 'budgets',
  resourceTypes: BUDGETS_RESOURCE_TYPES,
  sdkEndpoints: ['BUDGETS'],
  start: (cloud) => {
    const topics = cloud.need(TOPICS);
    const all = cloud.resources('AWS::Budgets::Budget').map(budgetOf);
    const spent = () => cloud.faults?.spent() ?? 0;
    const running = new Budgets(all, spent, (...message) => topics.publish(...message));
    cloud.apis.add(running.api);
    if (!cloud.faults || all.length === 0) return;
    let telling: Promise<void> | undefined;
    const timer = setInterval(() => {
      telling ??= running
        .tell()
        .catch((error: Error) => cloud.log(`A budget could not tell: ${error.message}`))
        .finally(() => {
          telling = undefined;
        });
    }, PERIOD);
    cloud.atEnd(async () => {
      clearInterval(timer);
      await telling;
    });
  },
};

/** What is expected is not computed here. */
function budgetOf({ properties }: PlannedResource): Budget {
  const { Budget, NotificationsWithSubscribers = [] } = properties as unknown as BudgetProperties;
  const actual = NotificationsWithSubscribers.filter((one) => one.Notification.NotificationType === 'ACTUAL');
  return {
    name: Budget.BudgetName,
    limit: Number(Budget.BudgetLimit.Amount),
    alerts: actual.map(({ Notification, Subscribers }) => ({
      percent: Number(Notification.Threshold),
      topics: Subscribers.filter((one) => one.SubscriptionType === 'SNS').map(({ Address }) => Address),
    })),
  };
}
