#if SQLite
public import GRDB
#endif
