import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Router, Switch } from 'wouter';
import { Failure } from '../api/failure.ts';
import { queryClient } from '../api/queries.ts';
import { BrowsePage } from '../browse/browse-page.tsx';
import { useMe, useRights } from '../session/session.ts';
import { SignInPage } from '../session/sign-in-page.tsx';
import { TaskProvider } from '../tasks/task-provider.tsx';
import { ZipProvider } from '../zips/zip-provider.tsx';
import { FailurePage } from './failure-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { NoticeProvider } from './notices.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { Shell } from './shell.tsx';

/** Where the API serves the page. */
const BASE = '/dashboard';

const AssetPage = lazy(() => import('../asset/asset-page.tsx'));
const SharesPage = lazy(() => import('../shares/shares-page.tsx'));
const TrashPage = lazy(() => import('../trash/trash-page.tsx'));

export function App() {
  const [hasEnded, setHasEnded] = useState(false);
  const [client] = useState(() => queryClient(() => setHasEnded(true)));
  return (
    <QueryClientProvider client={client}>
      <Router base={BASE}>
        <NoticeProvider>
          <TaskProvider>
            <ZipProvider>
              <Gate hasEnded={hasEnded} />
            </ZipProvider>
          </TaskProvider>
        </NoticeProvider>
      </Router>
    </QueryClientProvider>
  );
}

/** Only who is signed in comes further. */
function Gate({ hasEnded }: { readonly hasEnded: boolean }) {
  const { data: me, error, isPending, refetch } = useMe();
  // A key that is pressed before they are known would do nothing.
  const { isPending: areRightsPending } = useRights();
  const isOut = hasEnded || (error instanceof Failure && error.status === 401);
  const { data: isOff } = useQuery({
    queryKey: ['people-off'],
    queryFn: async () => (await fetch('/auth/command-line')).status === 404,
    enabled: isOut,
  });
  if (isOut) return <SignInPage hasEnded={me !== undefined} isOff={isOff ?? false} />;
  if (isPending || (me && areRightsPending)) return <PageSkeleton />;
  if (error) return <FailurePage error={error} retry={() => void refetch()} />;
  return (
    <Shell>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          <Route path="/" component={BrowsePage} />
          <Route path="/file/:fileId">{({ fileId }) => <AssetPage key={fileId} fileId={fileId} />}</Route>
          <Route path="/shares" component={SharesPage} />
          <Route path="/trash" component={TrashPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
