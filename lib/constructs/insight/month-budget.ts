import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';

export interface MonthBudgetProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** US dollars a month. */
  readonly dollars: number;
  /** At most ten (AWS, "CreateSubscriber"). */
  readonly mails: readonly string[];
}

/** Percent of the budget, as spent and as expected by the end of the month. */
const STEPS = [
  { NotificationType: 'ACTUAL', Threshold: 50 },
  { NotificationType: 'ACTUAL', Threshold: 80 },
  { NotificationType: 'ACTUAL', Threshold: 100 },
  { NotificationType: 'FORECASTED', Threshold: 100 },
] as const;

/**
 * Mails when the account has spent a part of the month's budget. It counts the whole account: costs are told by tag only where the
 * owner has activated that tag (AWS, "Activating user-defined cost allocation tags"). Two budgets of an account are free.
 */
export class MonthBudget extends Construct {
  constructor(scope: Construct, id: string, { deployment, dollars, mails }: MonthBudgetProps) {
    super(scope, id);
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `${deployment}-month`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: dollars, unit: 'USD' },
      },
      notificationsWithSubscribers: STEPS.map(({ NotificationType, Threshold }) => ({
        notification: {
          notificationType: NotificationType,
          threshold: Threshold,
          thresholdType: 'PERCENTAGE',
          comparisonOperator: 'GREATER_THAN',
        },
        subscribers: mails.map((address) => ({ subscriptionType: 'EMAIL', address })),
      })),
    });
  }
}
