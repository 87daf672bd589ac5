'use client';

import { Dialog } from '@/components/ui/dialog';
import type { MailEntry } from '@/lib/domain/mail';

/** A mail as its reader gets it without HTML. */
export function MailPreview({ mail, onClose }: { mail: MailEntry; onClose: () => void }) {
  return (
    <Dialog title={mail.subject} onClose={onClose} width={560}>
      <p className="sub">To {mail.recipient}</p>
      <pre className="mail-text" dir="auto">
        {mail.text}
      </pre>
      <div className="dialog-foot">
        <button type="button" className="btn btn-32" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
