'use client';

import { Dialog } from '@/components/ui/dialog';
import type { OverfullClaim } from './use-claim';

/** The second step for those who may exceed their capacity: said, and never done by itself. */
export function OverfullDialog({ claim }: { claim: OverfullClaim }) {
  return (
    <Dialog title="You have all you can take" onClose={claim.dismiss} width={420}>
      <div className="stack">
        <p>{claim.message} You may also claim over your capacity; the log says so.</p>
        <div className="dialog-foot">
          <span className="grow" />
          <button type="button" className="btn btn-32" onClick={claim.dismiss}>
            Cancel
          </button>
          <button type="button" className="btn btn-primary btn-32" onClick={claim.claimAnyway}>
            Claim over capacity
          </button>
        </div>
      </div>
    </Dialog>
  );
}
