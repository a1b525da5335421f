"""The pages in the browser: `streamlit run app.py`, or better `ragpark serve`."""

from ragpark.ui.main import main

main()
