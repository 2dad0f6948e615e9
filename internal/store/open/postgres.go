package open

import (
	"context"

	"github.com/bangwo/bangwo/internal/store/postgres"
	"github.com/bangwo/bangwo/internal/store/sqldb"
)

func openPostgres(ctx context.Context, url string, opts ...sqldb.Option) (DB, error) {
	return postgres.Open(ctx, url, opts...)
}
