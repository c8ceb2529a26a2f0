/** What a function is started with; the resolved form of AWS::Lambda::Function. */
export interface FunctionConfiguration {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  /** Folder with the bundle, as it would be deployed. */
  readonly codeFolder: string;
  /** `file.export` */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * Upper bound of concurrent environments. This machine runs at most `MACHINE_LIMITS.environments` of them; invocations
   * beyond that wait in line, so that a burst is served late instead of forking a process each. `MACHINE_LIMITS.waiting`
   * invocations may wait; one more is throttled.
   */
  readonly maximumEnvironments: number;
  /** LoggingConfig. @default Text, every level */
  readonly logging?: { readonly format: 'JSON' | 'Text'; readonly level?: string };
  /**
   * Names of the packages in the function's layers. The function gets this machine's copies of them (those of the layer
   * are built for Lambda's processor), and any other package that is not in the code folder is missing, as in AWS.
   * @default as Node finds packages from the code folder
   */
  readonly layerPackages?: readonly string[];
  /** Takes one line of the function's output, or of what Lambda itself says about it. */
  readonly log: (line: string) => void;
}
