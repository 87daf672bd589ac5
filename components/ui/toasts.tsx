'use client';

import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

/** What one may do about it, in a word. */
export interface ToastAction {
  label: string;
  run: () => void;
}

interface Toast {
  id: number;
  text: string;
  action: ToastAction | undefined;
}

const ToastContext = createContext<(text: string, action?: ToastAction) => void>(() => {});
const SHOWN_MS = 7000;

/** A few words about what just happened, said once to screen readers too. */
export function useToast(): (text: string, action?: ToastAction) => void {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const show = useCallback((text: string, action?: ToastAction) => {
    setToasts((held) => [...held.slice(-2), { id: (held.at(-1)?.id ?? 0) + 1, text, action }]);
  }, []);
  const drop = useCallback((id: number) => setToasts((held) => held.filter((toast) => toast.id !== id)), []);
  const value = useMemo(() => show, [show]);
  return (
    <ToastContext.Provider value={value}>
      {children}
      <div className="toasts" role="status">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDrop={drop} />
        ))}
      </div>
    </ToastContext.Provider>
  );
}

function ToastCard({ toast, onDrop }: { toast: Toast; onDrop: (id: number) => void }) {
  useEffect(() => {
    const timer = setTimeout(() => onDrop(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast.id, onDrop]);
  return (
    <div className="toast-card">
      <span className="grow">{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          className="btn"
          onClick={() => {
            toast.action?.run();
            onDrop(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button type="button" className="icon-btn" aria-label="Dismiss" onClick={() => onDrop(toast.id)}>
        <X className="i" />
      </button>
    </div>
  );
}
