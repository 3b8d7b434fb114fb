# The portal's image: web, worker, scheduler and migration are the same image with different commands.
FROM python:3.13-slim AS packages
COPY requirements.txt /opt/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement /opt/requirements.txt

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=advocacy.settings
RUN groupadd --system --gid 10001 portal \
    && useradd --system --uid 10001 --gid portal --home-dir /srv/portal --shell /usr/sbin/nologin portal
WORKDIR /srv/portal
COPY --from=packages /opt/venv /opt/venv
COPY . .
# Names and secret below serve this one step; the running container brings its own. Only uploads and
# exports are written at run time: everything else may be mounted read-only.
RUN SECRET_KEY=collecting-static-files REDIS_URL=redis://127.0.0.1/0 DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput --verbosity 0 \
    && install --directory --owner portal --group portal var/media
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "deploy/answers.py"]
CMD ["gunicorn", "advocacy.wsgi:application", "--config", "deploy/gunicorn.conf.py"]
