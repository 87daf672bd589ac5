'use client';

import { DeskNav } from '@/components/ui/desk-nav';
import { useToast } from '@/components/ui/toasts';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import type { InboxPlace, InboxView } from '@/lib/client/hooks/use-inbox-place';
import { VIEWS } from './view-list';

export function InboxNav({
  place,
  totals,
}: {
  place: InboxPlace;
  totals: Readonly<Record<InboxView, number | null>>;
}) {
  const desk = useDesk((state) => state.desk);
  const presence = useDesk((state) => state.presence);
  const clockOffset = useDesk((state) => state.clockOffset);
  const client = useDeskClient();
  const toast = useToast();
  return (
    <DeskNav
      person={desk?.me ?? null}
      presence={presence}
      clockOffset={clockOffset}
      onStatus={(status) =>
        void client.setStatus(status).then((refusal) => refusal && toast(refusal.message))
      }
      workspaceName={desk?.workspaceName ?? 'Baton'}
    >
      <div className="nav-group">
        {VIEWS.map(({ view, name, icon: Icon, alarm }) => {
          const total = totals[view];
          return (
            <a
              key={view}
              className="nav-item"
              href={`/inbox/${view}`}
              title={name}
              aria-current={place.view === view ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                place.go(view);
              }}
            >
              <Icon className="i" aria-hidden="true" />
              <span>{name}</span>
              {total !== null && total > 0 && (
                <span className={alarm ? 'n hot' : 'n'}>{total >= 1000 ? '999+' : total}</span>
              )}
            </a>
          );
        })}
      </div>
    </DeskNav>
  );
}
