import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OperationsAlarmProps } from './operations-alarm.ts';
import { OperationsAlarm } from './operations-alarm.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** Failures of one function in five minutes. One is a passing trouble of AWS. */
const FAILURES = 5;

/** Refused calls of one function in five minutes. */
const THROTTLES = 10;

/** What the minute's run may fail in a quarter of an hour before nothing else makes up for it. */
const FAILED_RUNS = 10;

/** Search and webhooks are behind by this. The stream keeps 24 hours. */
const BEHIND = Duration.minutes(15);

/** All attempts of a message take 28 hours (`core/webhooks/deliver-message.ts`), and it is in the queue meanwhile. */
const OLDEST_MESSAGE = Duration.hours(30);

export interface IslandAlarmsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly transformer: LambdaFunction;
  readonly api: LambdaFunction;
  readonly ingest: LambdaFunction;
  readonly follower: LambdaFunction;
  readonly minuteRun: LambdaFunction;
  /** In the home region alone. */
  readonly publisher?: LambdaFunction | undefined;
  readonly webhooks: Queue;
  /** Queues of what a function did not survive, by what it was. */
  readonly givenUp: Readonly<Record<'webhooks' | 'follower', Queue>>;
}

/** What of one region's island somebody must look at. */
export class IslandAlarms extends Construct {
  readonly #deployment: string;

  constructor(scope: Construct, id: string, props: IslandAlarmsProps) {
    super(scope, id);
    this.#deployment = props.deployment;
    this.#failures('Transformer', props.transformer, 'The image transformer fails');
    this.#failures('Api', props.api, 'The API fails');
    this.#failures('Ingest', props.ingest, 'Uploads are not completed by the event of their storage');
    this.#throttles('Transformer', props.transformer, 'New pictures are refused: no more transformations at a time');
    this.#throttles('Api', props.api, 'Calls of the API are refused: no more at a time');
    this.#runs('MinuteRun', props.minuteRun, 'Purges and jobs are not resumed', 'function-fails');
    if (props.publisher) {
      this.#runs('Publisher', props.publisher, 'Settings do not reach the edge', 'edge-not-up-to-date');
    }
    this.#behind(props.follower);
    this.#oldest(props.webhooks);
    this.#givenUp('Webhooks', props.givenUp.webhooks, 'Messages to webhooks were given up');
    this.#givenUp('Follower', props.givenUp.follower, 'Changes of the library were not followed');
  }

  #add(id: string, props: Omit<OperationsAlarmProps, 'deployment' | 'name'>): void {
    const name = id.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    new OperationsAlarm(this, id, { deployment: this.#deployment, name, ...props });
  }

  #failures(id: string, fn: LambdaFunction, what: string): void {
    const metric = fn.metricErrors({ period: FIVE_MINUTES, statistic: 'Sum' });
    this.#add(`${id}Fails`, { what, article: 'function-fails', metric, threshold: FAILURES });
  }

  #throttles(id: string, fn: LambdaFunction, what: string): void {
    const metric = fn.metricThrottles({ period: FIVE_MINUTES, statistic: 'Sum' });
    this.#add(`${id}Throttled`, { what, article: 'function-throttled', metric, threshold: THROTTLES });
  }

  #runs(id: string, fn: LambdaFunction, what: string, article: string): void {
    const metric = fn.metricErrors({ period: Duration.minutes(15), statistic: 'Sum' });
    this.#add(`${id}Fails`, { what, article, metric, threshold: FAILED_RUNS });
  }

  #behind(follower: LambdaFunction): void {
    this.#add('FollowerBehind', {
      what: 'Search and webhooks are behind the library',
      article: 'search-behind',
      metric: follower.metric('IteratorAge', { period: FIVE_MINUTES, statistic: 'Maximum' }),
      threshold: BEHIND.toMilliseconds(),
    });
  }

  #oldest(webhooks: Queue): void {
    this.#add('WebhooksWait', {
      what: 'Messages to webhooks wait longer than all attempts take',
      article: 'given-up',
      metric: webhooks.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      threshold: OLDEST_MESSAGE.toSeconds(),
    });
  }

  #givenUp(id: string, queue: Queue, what: string): void {
    const metric = queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' });
    this.#add(`${id}GivenUp`, { what, article: 'given-up', metric, threshold: 1 });
  }
}
