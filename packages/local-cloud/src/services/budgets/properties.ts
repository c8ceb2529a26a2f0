import type { ResourceType } from '../../assembly/resource-type.ts';

/** What the local cloud does with AWS Budgets' resource types. */
export const BUDGETS_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'run',
    type: 'AWS::Budgets::Budget',
    properties: {
      Budget: {
        object: {
          BudgetName: 'run',
          BudgetType: { only: ['COST'] },
          TimeUnit: { only: ['MONTHLY'] },
          BudgetLimit: { object: { Amount: 'run', Unit: { only: ['USD'] } } },
        },
      },
      NotificationsWithSubscribers: {
        list: {
          object: {
            Notification: {
              object: {
                NotificationType: 'run',
                Threshold: 'run',
                ThresholdType: { only: ['PERCENTAGE'] },
                ComparisonOperator: { only: ['GREATER_THAN'] },
              },
            },
            Subscribers: { list: { object: { SubscriptionType: { only: ['SNS', 'EMAIL'] }, Address: 'run' } } },
          },
        },
      },
    },
  },
];
