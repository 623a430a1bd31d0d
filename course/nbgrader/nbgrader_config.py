"""Lets nbgrader grade the notebooks of netlens on their kernel. `npm run release -- --nbgrader <folder>` puts it there."""

import os

from nbgrader import preprocessors
from nbgrader.converters import Autograde, GenerateAssignment
from traitlets import Dict

PROJECT = os.path.abspath(".")  # the folder of netlens: the command above writes it here

SHARE = os.path.join(PROJECT, ".venv", "share", "jupyter")
os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [SHARE, os.environ.get("JUPYTER_PATH")]))


class ClearSolutions(preprocessors.ClearSolutions):
    """Students find the stub of the exercise in the place of a solution, and the question of a written answer as it is."""

    code_stub = Dict({"typescript": ""})

    def preprocess_cell(self, cell, resources, cell_index):
        self.code_stub = {"typescript": f"return todo('{cell.metadata.get('exercise')}');"}
        if cell.cell_type == "markdown" and self.begin_solution_delimeter not in cell.source:
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


class OverwriteCells(preprocessors.OverwriteCells):
    """Puts tests that are missing back without nbgrader's remark, which is a comment in Python only."""

    def missing_cell_transform(self, source_cell, *more, **kind):
        cell = super().missing_cell_transform(source_cell, *more, **kind)
        cell.source, cell.id = source_cell.source, source_cell.name
        return cell


class Execute(preprocessors.Execute):
    """Runs notebooks where students run them: `../data` is the course's, wherever nbgrader keeps its folders."""

    def preprocess(self, nb, resources, *more, **options):
        resources["metadata"]["path"] = os.path.join(PROJECT, "notebooks")
        return super().preprocess(nb, resources, *more, **options)


OURS = {ours.__name__: ours for ours in (ClearSolutions, OverwriteCells, Execute)}


def with_ours(converter, trait):
    """The preprocessors of a step of nbgrader, ours in the place of those that they extend."""
    stock = converter.class_traits()[trait].default()
    return [OURS.get(step.__name__, step) for step in stock]


c = get_config()  # noqa: F821 - nbgrader brings it
c.GenerateAssignment.preprocessors = with_ours(GenerateAssignment, "preprocessors")
c.Autograde.sanitize_preprocessors = with_ours(Autograde, "sanitize_preprocessors")
c.Autograde.autograde_preprocessors = with_ours(Autograde, "autograde_preprocessors")
c.OverwriteCells.add_missing_cells = True  # also of students who have the notebook from elsewhere
c.Execute.timeout = 300
c.Execute.iopub_timeout = 60  # a busy kernel needs longer than the 4 s of nbgrader until it stops
