# Image of the site; docs/operations.md tells how to run it.
FROM python:3.11-slim AS builder
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    STATIC_ROOT=/app/static-collected \
    VAR_DIR=/var/lib/kennisbank
RUN useradd --system --user-group --no-create-home --home-dir "$VAR_DIR" kennisbank \
 && install -d -o kennisbank -g kennisbank "$VAR_DIR"
WORKDIR /app
COPY --from=builder /venv /venv
COPY . .
# As a trial, for production asks for settings that an image must not hold; what this step would write into the volume is
# thrown away, for root's folders would be in the way of the site's.
RUN LOCAL=1 VAR_DIR=build python manage.py collectstatic --no-input \
 && rm -r build

USER kennisbank
VOLUME /var/lib/kennisbank
EXPOSE 8000
# The site answers only to its own names, so the check calls it by the first one; a proxy of the machine is not asked.
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s CMD ["python", "-c", "import os, urllib.request as u; host = os.environ.get('ALLOWED_HOSTS', '').split(',')[0].strip(' .*') or 'localhost'; u.build_opener(u.ProxyHandler({})).open(u.Request('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', headers={'Host': host}), timeout=4)"]
ENTRYPOINT ["/app/bin/serve"]
