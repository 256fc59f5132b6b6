"""Changes of an edition as a list of operations says them."""

import os
import shutil
import tarfile


class Changes:
    """Makes changed copies of an edition in a directory.

    Archives of editions that are changed throughout lie beside the edition.
    """

    def __init__(self, home, edition):
        self.home, self.edition = home, edition

    def make(self, change):
        if "archive" in change:
            return self._unpacked(self.edition.parent / change["archive"]) / change["folder"]
        path = self.home / change["name"]
        shutil.copytree(self.edition, path, copy_function=shutil.copyfile)
        for folder, *_ in os.walk(path):
            os.chmod(folder, 0o755)
        for step in change["do"]:
            step = {"path": path / step["file"], "base": path, "edition": self.edition, **step}
            DO[step["op"]](step)
        return path

    def _unpacked(self, archive):
        path = self.home / f"{archive.name}.d"
        if not path.exists():
            with tarfile.open(archive) as file:
                file.extractall(path, filter="data")
        return path


def put(step):
    return bytes.fromhex(step["hex"]) if "hex" in step else step.get("text", "").encode()


def edit(step):
    data = bytearray(step["path"].read_bytes())
    for one in reversed(step["edits"]):
        data[one["at"] : one["at"] + one["cut"]] = put(one) * one.get("times", 1)
    step["path"].write_bytes(data)


def with_folder(do):
    def done(step):
        step["path"].parent.mkdir(parents=True, exist_ok=True)
        do(step)

    return done


def delete(step):
    path = step["path"]
    path.unlink()
    while (path := path.parent) != step["base"] and not any(path.iterdir()):
        path.rmdir()


DO = {
    "edit": edit,
    "write": with_folder(lambda step: step["path"].write_bytes(put(step))),
    "copy": with_folder(lambda step: shutil.copyfile(step["edition"] / step["of"], step["path"])),
    "delete": delete,
    "mkdir": lambda step: step["path"].mkdir(parents=True),
    "symlink": with_folder(lambda step: step["path"].symlink_to(step["to"])),
    "hardlink": with_folder(lambda step: os.link(step["base"] / step["to"], step["path"])),
    "fifo": with_folder(lambda step: os.mkfifo(step["path"])),
}
