"""Downloads a model with Hugging Face's own client: snapshot.py <model> <revision> <folder>. HF_ENDPOINT says where from."""

import sys

from huggingface_hub import snapshot_download

model, revision, folder = sys.argv[1:]
snapshot_download(model, revision=revision, local_dir=folder)
