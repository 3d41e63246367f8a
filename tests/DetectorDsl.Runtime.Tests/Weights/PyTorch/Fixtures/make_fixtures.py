"""Writes the fixtures beside it: what torch.save writes for these objects, byte for byte of the same structure, by Python's own pickle.

The classes only bear torch's names; no torch is needed.
"""
import collections
import io
import os
import pickle
import struct
import sys
import types
import zipfile

torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
sys.modules["torch"], sys.modules["torch._utils"], torch._utils = torch, utils, utils


def storage_class(name):
    kind = type(name, (), {"__module__": "torch"})
    setattr(torch, name, kind)
    return kind


def rebuild(name):
    def function(*_):
        pass

    function.__module__, function.__name__, function.__qualname__ = "torch._utils", name, name
    setattr(utils, name, function)
    return function


TENSOR, PARAMETER = rebuild("_rebuild_tensor_v2"), rebuild("_rebuild_parameter")


class Storage:
    def __init__(self, kind, key, numbers, form):
        self.kind, self.key, self.numbers, self.form = kind, key, numbers, form

    def bytes(self):
        return struct.pack(f"<{len(self.numbers)}{self.form}", *self.numbers)


class Tensor:
    def __init__(self, *view):
        self.view = view

    def __reduce__(self):
        return TENSOR, (*self.view, False, collections.OrderedDict())


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce__(self):
        return PARAMETER, (self.tensor, True, collections.OrderedDict())


class Attack:
    def __reduce__(self):
        return os.system, ("true",)


numpy, core, multiarray = types.ModuleType("numpy"), types.ModuleType("numpy.core"), types.ModuleType("numpy.core.multiarray")
sys.modules["numpy"], sys.modules["numpy.core"], sys.modules["numpy.core.multiarray"] = numpy, core, multiarray
numpy.core, core.multiarray = core, multiarray


def reconstruct(*_):
    pass


reconstruct.__module__, reconstruct.__name__, reconstruct.__qualname__ = "numpy.core.multiarray", "_reconstruct", "_reconstruct"
multiarray._reconstruct = reconstruct
numpy.ndarray = type("ndarray", (), {"__module__": "numpy"})


class dtype:
    """numpy.dtype as it pickles itself: a code, then a state with the order of bytes."""

    def __init__(self, code):
        self.code = code

    def __reduce__(self):
        order = "|" if self.code[1] == "1" else "<"
        return numpy.dtype, (self.code, False, True), (3, order, None, None, None, -1, -1, 0)


dtype.__module__, numpy.dtype = "numpy", dtype


class Array:
    """numpy.ndarray as it pickles itself: made empty, then given its state."""

    def __init__(self, kind, shape, raw, fortran=False):
        self.kind, self.shape, self.raw, self.fortran = kind, shape, raw, fortran

    def __reduce__(self):
        return reconstruct, (numpy.ndarray, (0,), b"b"), (1, self.shape, self.kind, self.fortran, self.raw)


def dump(root, before_zip):
    storages = {}

    class Pickler(pickle.Pickler):
        def persistent_id(self, value):
            if not isinstance(value, Storage):
                return None
            storages[value.key] = value
            place = ("storage", value.kind, value.key, "cpu", len(value.numbers))
            return (*place, None) if before_zip else place

    buffer = io.BytesIO()
    Pickler(buffer, protocol=2).dump(root)
    return buffer.getvalue(), storages


def save_zip(root, path):
    pickled, storages = dump(root, False)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", pickled)
        archive.writestr("archive/byteorder", "little")
        for key, storage in storages.items():
            archive.writestr(f"archive/data/{key}", storage.bytes())
        archive.writestr("archive/version", "3\n")


def save_before_zip(root, path):
    pickled, storages = dump(root, True)
    machine = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
    with open(path, "wb") as file:
        for head in (0x1950A86A20F9469CFC6C, 1001, machine):
            file.write(pickle.dumps(head, 2))
        file.write(pickled)
        file.write(pickle.dumps(sorted(storages), 2))
        for key in sorted(storages):
            file.write(struct.pack("<q", len(storages[key].numbers)) + storages[key].bytes())


def main(folder):
    floats = Storage(storage_class("FloatStorage"), "0", [0.5, -1.5, 2.0, 3.25, 4.0, 5.0, 6.0], "f")
    longs = Storage(storage_class("LongStorage"), "1", [7], "q")
    halves = Storage(storage_class("HalfStorage"), "2", [1.0, -0.5], "e")
    weights = collections.OrderedDict()
    weights["conv.weight"] = Parameter(Tensor(floats, 1, (2, 3), (3, 1)))
    weights["conv.turned"] = Tensor(floats, 1, (3, 2), (1, 3))
    weights["bn.num_batches_tracked"] = Tensor(longs, 0, (), ())
    weights["half"] = Tensor(halves, 0, (2,), (1,))
    weights["none"] = Tensor(floats, 0, (0, 4), (4, 1))
    meta = {"epoch": 24, "CLASSES": ("cat", "dog"), "lr": 0.02, "note": None, "big": 2**40}
    save_zip({"meta": meta, "state_dict": weights}, os.path.join(folder, "checkpoint.pth"))
    save_zip(collections.OrderedDict((f"module.{name}", value) for name, value in weights.items()), os.path.join(folder, "parallel.pt"))
    save_before_zip(weights, os.path.join(folder, "legacy.pth"))
    single, whole = dtype("f4"), dtype("i8")
    arrays = {
        "conv.weight": Array(single, (2, 3), struct.pack("<6f", -1.5, 2, 3.25, 4, 5, 6)),
        "conv.turned": Array(single, (3, 2), struct.pack("<6f", -1.5, 2, 3.25, 4, 5, 6), fortran=True),
        "bn.num_batches_tracked": Array(whole, (), struct.pack("<q", 7)),
        "none": Array(single, (0, 4), b""),
    }
    for protocol in (3, 4):
        with open(os.path.join(folder, f"arrays{protocol}.pkl"), "wb") as file:
            pickle.dump({"model": arrays, "__author__": "Detectron2 Model Zoo"}, file, protocol)
    save_zip({"state_dict": {"w": Tensor(floats, 0, (7,), (1,))}, "x": Attack()}, os.path.join(folder, "evil.pth"))


main(os.path.dirname(os.path.abspath(__file__)))
