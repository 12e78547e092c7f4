// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/cohort.h"
#include "inference/learning/cohort/expression_table.h"
#include "inference/learning/cohort/gene_list.h"
#include "inference/learning/cohort/spot_facts.h"
#include "inference/learning/cohort/survival_table.h"
#include "inference/learning/counts/matrix_market.h"
#include "inference/learning/counts/spot_places.h"
#include "inference/learning/counts/tabbed_counts.h"
#include "inference/subtype/template_set.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"

// Tables of text. The first byte chooses whose.
namespace geneglass::fuzzing {
namespace {

using Path = std::filesystem::path;

struct TableReader {
  const char* name;  ///< of the file
  std::string sound;
  std::string (*read)(const Path& file);  ///< the sentence of a refusal, else nothing
};

template <auto read>
std::string sentenceOf(const Path& file) {
  const auto result = read(file);
  return result ? "" : result.error().sentence;
}

Result<Cohort> readValues(const Path& file) {
  return readCohort(file);
}
Result<ExpressionTable> readExpression(const Path& file) {
  return readExpressionTable(file);
}
Result<SurvivalTable> readSurvival(const Path& file) {
  return readSurvivalTable(file);
}

const std::vector<TableReader>& readers() {
  static const std::vector<TableReader> all{
      {"t.csv", "slide,case,split,CD8A,VIM\na.svs,p1,train,1.5,2\nb.svs,p2,test,,3\n",
       sentenceOf<readValues>},
      {"t.csv", "gene;A-1;A-2\nCD8A;1,5;2,5\nVIM;4;5\n", sentenceOf<readExpression>},
      {"t.csv", "patient,time,event\nTCGA-AA-0001,100,1\nTCGA-AA-0002,200,0\n", sentenceOf<readSurvival>},
      {"t.txt", "CD8A\nVIM\nEPCAM\n", sentenceOf<readGeneList>},
      {"t.tsv", "class,symbol\nCMS1,CD8A\nCMS1,VIM\nCMS2,EPCAM\n", sentenceOf<readTemplates>},
      {"t.tsv", "spot\tCD8A\tVIM\n1x1\t5\t0\n1x2\t0\t2\n", sentenceOf<readTabbedCounts>},
      {"t.tsv", "x\ty\tpixel_x\tpixel_y\n1\t1\t100\t100\n1\t2\t100\t200\n", sentenceOf<readPlaces>},
      {"tissue_positions.csv",
       "barcode,in_tissue,array_row,array_col,pxl_row_in_fullres,pxl_col_in_fullres\n"
       "AAAC-1,1,0,0,100,100\nAAAG-1,0,0,2,100,200\n",
       sentenceOf<readPlaces>},
      {"matrix.mtx", "%%MatrixMarket matrix coordinate integer general\n3 2 3\n1 1 5\n3 1 1\n2 2 2\n",
       sentenceOf<readMatrixMarket>},
      {"spot-cohort.json",
       R"({"format":"geneglass spot cohort","format_version":1,"bags":["a.h5"],)"
       R"("label_unit":"log1p","sizes":[100.0],"sections":["a"]})",
       sentenceOf<readSpotFacts>}};
  return all;
}

std::vector<std::string> tableSeeds() {
  std::vector<std::string> seeds;
  for (size_t i = 0; i < readers().size(); ++i) seeds.push_back(chosen(i, readers()[i].sound));
  return seeds;
}

void readTable(std::string_view bytes) {
  static const bool listsAreThere = [] {
    for (const char* name : {"a.svs", "b.svs"}) fileInMemory(name, "");
    fileInMemory("barcodes.tsv", "AAAC-1\nAAAG-1\n");
    fileInMemory("features.tsv",
                 "E1\tCD8A\tGene Expression\nE2\tVIM\tGene Expression\nE3\tKRT\tGene Expression\n");
    return true;
  }();
  (void)listsAreThere;
  const TableReader& reader = readers()[choiceOf(bytes, readers().size())];
  const std::string sentence = reader.read(fileInMemory(reader.name, bytes));
  if (!sentence.empty()) checkSentence(sentence, folderInMemory());
}

const AddedTarget kTarget({.name = "tables",
                           .seeds = tableSeeds,
                           .read = readTable,
                           .mostBytes = 2048,
                           .words = {"\r\n",
                                     "\t",
                                     ";",
                                     "\"\"",
                                     "\"a;b\"",
                                     "1,5",
                                     "1e400",
                                     "-1",
                                     "NaN",
                                     "NA",
                                     "#N/A",
                                     "\xef\xbb\xbf",
                                     "\xff\xfe",
                                     "\x1f\x8b\x08",
                                     "TCGA-AA-0001-01A",
                                     "train",
                                     "test",
                                     "10.5x21",
                                     "new_x",
                                     "%%MatrixMarket",
                                     "4294967297",
                                     "18446744073709551616"}});

}  // namespace
}  // namespace geneglass::fuzzing
