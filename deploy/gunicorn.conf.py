"""How gunicorn serves the portal: a few processes with a few threads each, behind a proxy that ends TLS."""

import os

# Inside the container; docker-compose.yml decides who reaches it.
bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "3"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30
# A fresh process now and then, never all at once.
max_requests = 2000
max_requests_jitter = 400
# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm"  # noqa: S108  (the place for it; gunicorn makes the name)
control_socket_disable = True
