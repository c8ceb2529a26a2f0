import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';

export interface Budget {
  readonly name: string;
  /** US dollars a month. */
  readonly limit: number;
  readonly alerts: readonly BudgetAlert[];
}

/** Who is told when a part of the limit is spent. */
export interface BudgetAlert {
  readonly percent: number;
  /** ARNs of topics. */
  readonly topics: readonly string[];
}

export type Publish = (topic: string, subject: string, message: string) => Promise<void>;

/**
 * Budgets of this machine, on which nothing costs: what is spent is said from outside. Each alert is told once in a month, as AWS tells it (AWS
 * "Budgets: alerts"), and again when it could not be.
 */
export class Budgets {
  readonly #budgets: readonly Budget[];
  readonly #publish: Publish;
  readonly #spent: () => number;
  readonly #now: () => Date;
  readonly #told = new Set<string>();

  constructor(budgets: readonly Budget[], spent: () => number, publish: Publish, now = () => new Date()) {
    this.#budgets = budgets;
    this.#spent = spent;
    this.#publish = publish;
    this.#now = now;
  }

  /** Tells of every alert that is due. */
  async tell(): Promise<void> {
    const month = this.#now().toISOString().slice(0, 7);
    const spent = this.#spent();
    for (const { name, limit, alerts } of this.#budgets) {
      for (const { percent, topics } of alerts) {
        const alert = `${name} ${percent} ${month}`;
        if (spent <= (limit * percent) / 100 || this.#told.has(alert)) continue;
        const subject = `AWS Budgets: ${name} has exceeded your alert threshold`;
        await Promise.all(topics.map((topic) => this.#publish(topic, subject, `ACTUAL: $${spent} of $${limit}.`)));
        this.#told.add(alert);
      }
    }
  }

  /** DescribeBudget of AWS Budgets. */
  get api(): AwsApi {
    return jsonApi({
      signingName: 'budgets',
      targetPrefix: 'AWSBudgetServiceGateway',
      operations: {
        DescribeBudget: ({ BudgetName }) => {
          const found = this.#budgets.find(({ name }) => name === BudgetName);
          if (!found) throw new ServiceError('NotFoundException', `Unable to get budget: ${String(BudgetName)}`);
          const dollars = (amount: number) => ({ Amount: String(amount), Unit: 'USD' });
          return {
            Budget: {
              ...{ BudgetName: found.name, BudgetType: 'COST', TimeUnit: 'MONTHLY' },
              BudgetLimit: dollars(found.limit),
              CalculatedSpend: { ActualSpend: dollars(this.#spent()) },
            },
          };
        },
      },
    });
  }
}
