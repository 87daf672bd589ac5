'use client';

import { lazy, Suspense } from 'react';
import { Key } from '@/components/ui/key';
import { useDesk } from '@/lib/client/hooks/use-desk';
import { scopeOf } from '@/lib/domain/permissions';

/** Seen by an admin in the first days, so that everybody else's desk is no heavier for it. */
const FirstSteps = lazy(() => import('./first-steps').then((module) => ({ default: module.FirstSteps })));

export function NoConversation({ pending }: { pending: number | null }) {
  const role = useDesk((state) => state.desk?.me.role);
  const maySeeSteps = role !== undefined && scopeOf(role, 'firstSteps.read') !== null;
  const calm = <Calm pending={pending} />;
  return (
    <section className="pane no-conversation" aria-label="No conversation open">
      {maySeeSteps ? (
        <Suspense fallback={null}>
          <FirstSteps calm={calm} />
        </Suspense>
      ) : (
        calm
      )}
    </section>
  );
}

function Calm({ pending }: { pending: number | null }) {
  return (
    <div className="empty">
      <h2>{pending ? 'Who is next?' : 'All calm'}</h2>
      <p>
        {pending ? (
          <>
            Press <Key>C</Key> to claim the one who is first in line, or choose from the list with{' '}
            <Key>J</Key> and <Key>K</Key>.
          </>
        ) : (
          <>
            Handoffs appear by themselves. <Key>?</Key> shows every key.
          </>
        )}
      </p>
    </div>
  );
}
