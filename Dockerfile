# A single-user server with the course in it, for JupyterHub and for Binder: docs/other-doors.md says how they use it.
FROM node:22.23.3-bookworm-slim AS node

FROM python:3.12.14-slim-bookworm
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && useradd --create-home --uid 1000 learner \
    && install --directory --owner=1000 /opt/netlens

USER 1000
WORKDIR /opt/netlens
COPY --chown=1000:1000 . .
# One layer, so that what is only needed on the way is in none.
RUN npm run setup \
    && .venv/bin/python -m pip install --no-cache-dir --require-hashes --no-deps -r requirements-hub.txt \
    && rm -rf /home/learner/.npm /home/learner/.cache

ENV PATH=/opt/netlens/.venv/bin:$PATH
EXPOSE 8888
CMD ["jupyterhub-singleuser", "--ip=0.0.0.0"]
