create index outbox_recipient on outbox (recipient, created_at);
