// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/script_pickle.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"
#include "tests/support/written_torch.h"
#include "viewer/foundation/tensors/numpy_array.h"
#include "viewer/foundation/tensors/pickled_tensors.h"

// What the members of such zips hold, in memory: pickles of tensors, of programs, arrays of NumPy.
namespace geneglass::fuzzing {
namespace {

std::vector<std::string> pickleSeeds() {
  using testing::pickledDictionary;
  using testing::pickledTensor;
  const std::string one = pickledTensor("FloatStorage", "0", 0, {2, 3}, {3, 1});
  return {chosen(0, "\x80\x02" + one + "."),
          chosen(0, "\x80\x02" + pickledDictionary({{"w", one}, {"b", one}}) + "."),
          chosen(1,
                 "\x80\x02"
                 "c__torch__\nNet\n)\x81}(X\x01" +
                     std::string(3, '\0') + "aK\x01ub."),
          chosen(0,
                 "\x80\x02]q\x01h\x01"
                 "a."),  // a list that holds itself
          chosen(1, "\x80\x02)."),
          chosen(2, testing::numpyBytes(StoredTensor{{2, 3}, std::vector<float>(6, 1.0f)}))};
}

void readPickle(std::string_view bytes) {
  const size_t choice = choiceOf(bytes, 3);
  if (choice == 0) {
    const auto read = readPickledTensors(asBytes(bytes));
    if (!read && read.error().sentence.empty()) broken("a refusal says why");
    if (!read) return;
    for (const auto& [name, tensor] : *read)
      if (tensor.shape.size() != tensor.strides.size()) broken("a tensor has a stride a dimension");
  } else if (choice == 1) {
    if (const auto fine = checkScriptPickle(bytes); !fine && fine.error().sentence.empty())
      broken("a refusal says why");
  } else if (const auto array = parseNumpyArray(asBytes(bytes))) {
    int64_t count = 1;
    for (const int64_t side : array->shape) count *= side;
    if (count != static_cast<int64_t>(array->values.size()))
      broken("an array has as many numbers as its shape");
  }
}

const AddedTarget kTarget({.name = "pickles",
                           .seeds = pickleSeeds,
                           .read = readPickle,
                           .mostBytes = 1024,
                           .words = {"ctorch._utils\n_rebuild_tensor_v2\n", "ccollections\nOrderedDict\n",
                                     "ctorch\nHalfStorage\n", "cos\nsystem\n", "storage", "state_dict",
                                     "\x8a\x08", "\x95", "\x94", "h\x01", "q\x01", "(ttt", "\x93NUMPY",
                                     "'descr': '<f2'", "'fortran_order': True", "(4294967296, 4294967296)",
                                     "(-1, 6)"}});

}  // namespace
}  // namespace geneglass::fuzzing
