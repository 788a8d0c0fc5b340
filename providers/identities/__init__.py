"""Who a name is: GLEIF for its LEI, OpenFIGI (opt-in) for its listings; asked once, kept in the ledger."""
